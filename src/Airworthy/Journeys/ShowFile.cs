using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>A file in which lines of a commit live.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lines">How many.</param>
public readonly record struct ShowFile(RepoPath Path, long Lines);
