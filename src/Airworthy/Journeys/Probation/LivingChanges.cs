using System.Collections.Concurrent;
using Airworthy.Git;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Provenance;

namespace Airworthy.Journeys.Probation;

/// <summary>
/// Withdraws changes of which nothing lives any more at the tip, though nobody reverted them: what they did was rewritten. And takes them up again when a
/// line of theirs comes back. The lines of a tip are read beside the loop, once for each tip.
/// </summary>
public sealed class LivingChanges(RepositoryIndexer indexer, IChangeLedger ledger, ServerNews news, TimeProvider time)
{
    private const string Rewritten = "Rewritten: ";
    private const int MostFilesAsked = 50;
    private readonly Dictionary<string, (CommitId Tip, Task<HashSet<CommitId>> Living)> _reading = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CommitId> _done = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Repository, ChangeId Change), bool> _everLived = new();

    /// <summary>Looks at a repository; does nothing until the lines of its tip are read, and nothing twice for one tip.</summary>
    public async Task FollowAsync(string repository, CancellationToken cancel)
    {
        if (indexer.AtTip(repository) is not { } view || (_done.TryGetValue(repository, out var done) && done == view.Revision))
        {
            return;
        }

        if (!_reading.TryGetValue(repository, out var reading) || (reading.Tip != view.Revision && reading.Living.IsCompleted))
        {
            _reading[repository] = reading = (view.Revision, ReadAsync(view.Git, view.Revision, cancel));
        }

        if (reading.Tip != view.Revision || !reading.Living.IsCompleted)
        {
            return;
        }

        HashSet<CommitId> living;
        try
        {
            living = await reading.Living;
        }
        catch (GitException)
        {
            // What can't be read is no proof that nothing lives. The next tip is asked anew.
            _done[repository] = view.Revision;
            _reading.Remove(repository);
            return;
        }

        foreach (var tracked in await ledger.ListAsync(repository, state: null, int.MaxValue, cancel))
        {
            await FollowAsync(view, tracked, living, cancel);
        }

        _done[repository] = view.Revision;
        _reading.Remove(repository);
    }

    private async Task FollowAsync(RepositoryView view, TrackedChange tracked, HashSet<CommitId> living, CancellationToken cancel)
    {
        var change = tracked.Change;
        var lives = change.Commits.Any(living.Contains);
        if (tracked.State == ChangeState.Withdrawn)
        {
            if (lives && await ledger.TransitionsAsync(view.Name, change.Id, cancel) is [.., { Reason: var last }] && last.StartsWith(Rewritten, StringComparison.Ordinal))
            {
                await MoveAsync(view, tracked, ChangeState.Experimental, "Lines of it are back.", cancel);
            }
        }
        else if (!lives && view.Changes.Of(change.Landed) is not null && await EverLivedAsync(view, change, cancel) && !await DeletionLivesAsync(view, change, cancel))
        {
            await MoveAsync(view, tracked, ChangeState.Withdrawn, $"{Rewritten}nothing of it lives at {view.Revision.Short}.", cancel);
        }
    }

    private async Task MoveAsync(RepositoryView view, TrackedChange tracked, ChangeState to, string reason, CancellationToken cancel)
    {
        if (await ledger.MoveAsync(
            view.Name, new Transition(tracked.Change.Id, tracked.State, to, time.GetUtcNow(), reason, Incident: null, view.Policy.Digest), cancel))
        {
            news.Tell(new ServerEvent("change", $"{view.Name}/{tracked.Change.Id}"));
        }
    }

    private static async Task<HashSet<CommitId>> ReadAsync(GitRepository git, CommitId tip, CancellationToken cancel)
    {
        var living = new HashSet<CommitId>();
        await foreach (var file in git.Lines.OriginsAsync(paths: null, tip, cancel))
        {
            living.UnionWith(file.Runs.Select(run => run.Commit));
        }

        return living;
    }

    /// <summary>
    /// True when lines of a change, or a deletion of it, lived when it landed. What only moved lines or changed their whitespace never has any, and nothing
    /// of it can be missed.
    /// </summary>
    private async Task<bool> EverLivedAsync(RepositoryView view, Change change, CancellationToken cancel)
    {
        if (_everLived.TryGetValue((view.Name, change.Id), out var known))
        {
            return known;
        }

        var commits = change.Commits.ToHashSet();
        var asked = new HashSet<RepoPath>();
        foreach (var commit in change.Commits)
        {
            var parents = (await view.Git.CommitAsync(commit, cancel)).Parents;
            await foreach (var file in view.Git.DiffAsync(parents.IsEmpty ? null : parents[0], commit, cancel))
            {
                if (file.NewPath is { } path && asked.Count < MostFilesAsked && asked.Add(path)
                    && await view.Git.Lines.OriginsAsync(path, change.Landed, cancel) is { } origins
                    && origins.Runs.Any(run => commits.Contains(run.Commit)))
                {
                    return _everLived[(view.Name, change.Id)] = true;
                }
            }

            if (!(await DeletionAnchor.ReadAsync(view.Git, commit, cancel)).IsEmpty)
            {
                return _everLived[(view.Name, change.Id)] = true;
            }
        }

        return _everLived[(view.Name, change.Id)] = false;
    }

    private static async Task<bool> DeletionLivesAsync(RepositoryView view, Change change, CancellationToken cancel)
    {
        foreach (var commit in change.Commits)
        {
            foreach (var anchor in await DeletionAnchor.ReadAsync(view.Git, commit, cancel))
            {
                if (await anchor.LivesAsync(view.Git, anchor.Path, new LineSpan(1, int.MaxValue - 1), view.Revision, cancel))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
