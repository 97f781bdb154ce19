using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>A file whose lines are not told, and why.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">Why, in a few words: <c>binary</c>, <c>over 10 MiB</c>, <c>unreadable</c>.</param>
/// <param name="Problem">What is wrong with the repository there; null where there is nothing wrong, the file has no lines to tell.</param>
public sealed record SkippedFile(RepoPath Path, string Reason, string? Problem = null);
