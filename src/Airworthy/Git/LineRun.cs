using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>Lines that follow each other in a file and came from one commit in that order.</summary>
/// <param name="Start">The first line, from 1.</param>
/// <param name="Count">How many.</param>
/// <param name="Commit">The commit that wrote them.</param>
/// <param name="OriginalPath">The file they were in, in that commit.</param>
/// <param name="OriginalStart">The first line there.</param>
public readonly record struct LineRun(int Start, int Count, CommitId Commit, RepoPath OriginalPath, int OriginalStart)
{
    /// <summary>The lines in the file asked for.</summary>
    public LineSpan Span => new(Start, Start + Count - 1);
}
