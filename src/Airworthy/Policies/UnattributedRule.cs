using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>What commits and lines without any mark count as, in a part of the repository or of its past.</summary>
/// <param name="Paths">The paths it holds for; none means all.</param>
/// <param name="Before">It holds for commits before this day, UTC; null means at any time.</param>
/// <param name="CountsAs">What they count as.</param>
public sealed record UnattributedRule(ImmutableArray<GlobPattern> Paths, DateOnly? Before, AuthorKind CountsAs)
{
    /// <summary>True when it speaks of a file's lines committed at <paramref name="at"/>; of a whole commit, <paramref name="path"/> is null.</summary>
    public bool Holds(RepoPath? path, DateTimeOffset at) =>
        (Before is not { } day || DateOnly.FromDateTime(at.UtcDateTime) < day)
        && (Paths.IsEmpty || (path is { } file && Paths.Any(pattern => pattern.Matches(file))));
}
