using Airworthy.Model;

namespace Airworthy.Debt;

/// <summary>Lines of one kind of author that commits of one kind of author took away.</summary>
/// <param name="Writer">Who wrote the lines.</param>
/// <param name="By">Who wrote the commits that took them away.</param>
/// <param name="Replaced">Lines that others took the place of.</param>
/// <param name="Deleted">Lines deleted, nothing put in their place.</param>
public readonly record struct Overwrite(AuthorKind Writer, AuthorKind By, long Replaced, long Deleted);
