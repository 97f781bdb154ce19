namespace Airworthy.Journeys.Queries;

/// <summary>One hunk of a diff without context.</summary>
/// <param name="OldStart">First line removed.</param>
/// <param name="NewStart">First line added.</param>
/// <param name="Removed">Removed lines. From the repository: hostile.</param>
/// <param name="Added">Added lines. From the repository: hostile.</param>
public sealed record DiffHunk(int OldStart, int NewStart, IReadOnlyList<string> Removed, IReadOnlyList<string> Added);
