using System.Collections.Concurrent;
using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Journeys.Repositories;

/// <summary>Which files changes changed; what landed never changes any more, so each is read once.</summary>
public sealed class ChangedPaths(RepositoryIndexer indexer)
{
    private const int MostFiles = 200;
    private readonly ConcurrentDictionary<(string Repository, ChangeId Change), ImmutableArray<RepoPath>> _known = new();

    /// <summary>The files that a change changed, up to a number.</summary>
    public async Task<ImmutableArray<RepoPath>> OfAsync(RepositoryView view, Change change, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(change);
        if (_known.TryGetValue((view.Name, change.Id), out var known))
        {
            return known;
        }

        var paths = new SortedSet<RepoPath>();
        foreach (var commit in change.Commits)
        {
            var parents = (await view.Git.CommitAsync(commit, cancel)).Parents;
            await foreach (var file in view.Git.DiffAsync(parents.IsEmpty ? null : parents[0], commit, cancel))
            {
                if (paths.Count < MostFiles && (file.NewPath ?? file.OldPath) is { } path)
                {
                    paths.Add(path);
                }
            }
        }

        return _known[(view.Name, change.Id)] = [.. paths];
    }

    /// <summary>True when a change changed a file whose path holds a text, in any case of its letters.</summary>
    public async Task<bool> HasAsync(TrackedChange tracked, string text, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(tracked);
        return indexer.AtTip(tracked.Repository) is { } view
            && (await OfAsync(view, tracked.Change, cancel)).Any(path => path.Display.Contains(text, StringComparison.OrdinalIgnoreCase));
    }
}
