using System.Collections.Immutable;
using Airworthy.Git;

namespace Airworthy.Journeys;

/// <summary>The branch that changes land on, by the names it usually has.</summary>
public static class MainBranch
{
    /// <summary>The names, the remote's first.</summary>
    public static ImmutableArray<string> Names { get; } = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

    /// <summary>The first of <see cref="Names"/> that is there; null when none is.</summary>
    public static async Task<string?> FindAsync(GitRepository repository, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        foreach (var name in Names)
        {
            if (await repository.TryResolveAsync(name, cancel) is not null)
            {
                return name;
            }
        }

        return null;
    }
}
