using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>An environment, and the paths whose code runs there.</summary>
/// <param name="Name">Its name; unique in the policy.</param>
/// <param name="Paths">What runs there.</param>
public sealed record DeployedPaths(string Name, ImmutableArray<GlobPattern> Paths)
{
    /// <summary>True when the code of <paramref name="path"/> runs there.</summary>
    public bool Holds(RepoPath path) => Paths.Any(glob => glob.Matches(path));
}
