using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>What one commit did to the files of its parents: all that line history needs of it, without a line's text.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Files">One entry a path; for a merge, the paths that differ from the first parent.</param>
internal sealed record CommitEdits(CommitId Commit, FileEdit[] Files);
