using System.Collections.Concurrent;
using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Journeys.Repositories;

/// <summary>Which files changes changed; what landed never changes any more, so each is read once, and many at once.</summary>
public sealed class ChangedPaths(RepositoryIndexer indexer)
{
    private const int MostFiles = 200;
    private readonly ConcurrentDictionary<(string Repository, ChangeId Change), ImmutableArray<RepoPath>> _known = new();

    /// <summary>The files that a change changed, up to a number; a file that was renamed by both names.</summary>
    public async Task<ImmutableArray<RepoPath>> OfAsync(RepositoryView view, Change change, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(change);
        await LearnAsync(view, [change], cancel);
        return _known[(view.Name, change.Id)];
    }

    /// <summary>Those of some changes that changed a file whose path holds a text, in any case of its letters.</summary>
    public async Task<IReadOnlyList<TrackedChange>> HoldingAsync(IEnumerable<TrackedChange> changes, string text, CancellationToken cancel)
    {
        TrackedChange[] all = [.. changes];
        foreach (var repository in all.GroupBy(change => change.Repository, StringComparer.Ordinal))
        {
            if (indexer.AtTip(repository.Key) is { } view)
            {
                await LearnAsync(view, [.. repository.Select(change => change.Change)], cancel);
            }
        }

        return
        [
            .. all.Where(change => _known.TryGetValue((change.Repository, change.Change.Id), out var paths)
                && paths.Any(path => path.Display.Contains(text, StringComparison.OrdinalIgnoreCase))),
        ];
    }

    private async Task LearnAsync(RepositoryView view, IReadOnlyCollection<Change> changes, CancellationToken cancel)
    {
        var unknown = changes.Where(change => !_known.ContainsKey((view.Name, change.Id))).ToList();
        var touched = new Dictionary<CommitId, ImmutableArray<RepoPath>>();
        await foreach (var commit in view.Git.TouchedAsync([.. unknown.SelectMany(change => change.Commits).Distinct()], cancel))
        {
            touched[commit.Id] = commit.Paths;
        }

        foreach (var change in unknown)
        {
            _known[(view.Name, change.Id)] = [.. change.Commits.SelectMany(commit => touched.GetValueOrDefault(commit, [])).Distinct().Take(MostFiles).Order()];
        }
    }
}
