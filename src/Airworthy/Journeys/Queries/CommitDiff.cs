namespace Airworthy.Journeys.Queries;

/// <summary>What a commit changed, against its first parent.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Files">The files, at most a bounded number of lines of them.</param>
/// <param name="Truncated">True when there is more than is shown.</param>
public sealed record CommitDiff(string Sha, IReadOnlyList<DiffFile> Files, bool Truncated);
