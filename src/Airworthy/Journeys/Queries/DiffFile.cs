namespace Airworthy.Journeys.Queries;

/// <summary>A file in a diff.</summary>
/// <param name="OldPath">Its path before; null when it was added.</param>
/// <param name="Path">Its path after; null when it was deleted.</param>
/// <param name="Binary">True when git shows no lines for it.</param>
/// <param name="Hunks">What changed, in order.</param>
public sealed record DiffFile(string? OldPath, string? Path, bool Binary, IReadOnlyList<DiffHunk> Hunks);
