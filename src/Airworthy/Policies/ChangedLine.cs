using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>A changed line of the head and who wrote it.</summary>
public readonly record struct ChangedLine(int Number, AuthorKind By);
