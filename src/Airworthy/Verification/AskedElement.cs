namespace Airworthy.Verification;

/// <summary>An element that a report has for each file, with the attribute that names the file.</summary>
/// <param name="Element">The element.</param>
/// <param name="Attribute">The attribute.</param>
internal readonly record struct AskedElement(string Element, string Attribute);
