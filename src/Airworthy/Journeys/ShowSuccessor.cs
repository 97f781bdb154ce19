using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>A commit that took lines of another one away.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Subject">The first line of its message. From the repository: hostile.</param>
/// <param name="Authorship">Who wrote it.</param>
/// <param name="Replaced">Lines it put others in the place of.</param>
/// <param name="Deleted">Lines it deleted, putting nothing in their place.</param>
public sealed record ShowSuccessor(CommitId Commit, string Subject, Authorship Authorship, long Replaced, long Deleted);
