namespace Airworthy.Journeys.Queries;

/// <summary>The lines of a change that live in a file at the tip.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lines">Its lines, in their order; those of others are left out.</param>
public sealed record LivingFile(string Path, IReadOnlyList<LivingLine> Lines);
