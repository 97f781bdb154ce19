namespace Airworthy.Git;

/// <summary>A ref and what it points to.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Type">The type of the object: <c>commit</c>, <c>tag</c>, <c>tree</c> or <c>blob</c>.</param>
/// <param name="Object">The object's name.</param>
internal readonly record struct RefTarget(string Name, string Type, string Object);
