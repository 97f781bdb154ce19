using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>How a file named by a trace met the repository's files.</summary>
/// <param name="Path">The one file it is; null when there is none or several.</param>
/// <param name="Candidates">How many files it may be.</param>
public readonly record struct PathMatch(RepoPath? Path, int Candidates)
{
    /// <summary>True when several files fit and none fits better: nobody can tell which one ran.</summary>
    public bool IsAmbiguous => Path is null && Candidates > 1;
}
