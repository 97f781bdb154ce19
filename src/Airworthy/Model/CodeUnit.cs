namespace Airworthy.Model;

/// <summary>A method or function: what evidence is counted on.</summary>
/// <param name="Language">Lower-case name, e.g. <c>csharp</c>.</param>
/// <param name="Symbol">In C# the documentation-comment id (<c>M:Shop.Refunds.Split(System.Decimal,System.Int32)</c>), elsewhere the function's name.</param>
/// <param name="Name">A short name for people, e.g. <c>Refunds.Split(decimal, int)</c>.</param>
/// <param name="Path">The file it stands in, at the revision asked for.</param>
/// <param name="Span">Its lines there.</param>
public sealed record CodeUnit(string Language, string Symbol, string Name, RepoPath Path, LineSpan Span);
