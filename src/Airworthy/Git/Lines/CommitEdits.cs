using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>What one commit did to the files of its parents: all that line history needs of it, without a line's text.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Files">One entry a path; for a merge, the paths that differ from the first parent.</param>
internal sealed record CommitEdits(CommitId Commit, FileEdit[] Files)
{
    /// <summary>False when files were left out of the comparison, and so lines that moved not looked for.</summary>
    public bool IsWhole { get; init; } = true;
}
