using System.Collections.Concurrent;
using System.Globalization;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Provenance;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Repositories;

/// <summary>Reads each repository again when it advanced, and puts the changes that landed on probation.</summary>
public sealed class RepositoryIndexer(
    IServiceRegistry registry, RepositoryShelf shelf, IChangeLedger ledger, ServerNews news, TimeProvider time)
{
    /// <summary>How many of the newest changes are put on probation when a repository is first read.</summary>
    public const int MostChanges = 1000;

    private const string Reverted = "Reverted by ";
    private const int MostViews = 32;
    private readonly ConcurrentDictionary<string, (string Stamp, RepositoryView View)> _tips = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, CommitId Revision), RepositoryView> _others = new();

    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal);

    /// <summary>What could not be read when it was looked at last, by repository: a sentence.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    /// <summary>Looks at every repository once. True when one advanced.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancel)
    {
        var advanced = false;
        foreach (var repository in await registry.RepositoriesAsync(cancel))
        {
            try
            {
                advanced |= await RefreshAsync(repository, cancel);
                _problems.TryRemove(repository.Name, out _);
            }
            catch (FaultException e) when (e is GitException or Policies.PolicyException)
            {
                // One repository that can't be read must not keep the others from being read; its page tells why.
                _problems[repository.Name] = e.Message;
            }
        }

        return advanced;
    }

    /// <summary>A repository seen from the tip of its default branch; null when it was never read.</summary>
    public RepositoryView? AtTip(string name) => _tips.TryGetValue(name, out var tip) ? tip.View : null;

    /// <summary>A repository seen from where <paramref name="commit"/> is in its history: the default branch, else <paramref name="running"/>.</summary>
    public async Task<RepositoryView> HoldingAsync(string name, GitRepository git, CommitId commit, CommitId running, CancellationToken cancel)
    {
        if (AtTip(name) is { } tip && tip.Changes.Of(commit) is not null)
        {
            return tip;
        }

        if (_others.TryGetValue((name, running), out var known))
        {
            return known;
        }

        if (_others.Count >= MostViews)
        {
            _others.Clear();
        }

        return _others[(name, running)] = await RepositoryView.ReadAsync(name, git, running, cancel);
    }

    /// <summary>Puts a change on probation unless it is already followed.</summary>
    public async Task TrackAsync(RepositoryView view, Change change, Authorship authorship, CancellationToken cancel)
    {
        var known = await ledger.GetAsync(view.Name, change.Id, cancel);
        await ledger.TrackAsync([New(view, change, authorship)], cancel);
        if (known is null)
        {
            await OpenAsync(view, change, authorship, cancel);
        }
    }

    private async Task<bool> RefreshAsync(RegisteredRepository repository, CancellationToken cancel)
    {
        var git = await shelf.OpenAsync(repository, cancel);
        if (await git.TryResolveAsync("HEAD", cancel) is not { } tip)
        {
            return false;
        }

        var stamp = $"{tip} {await AuthorshipReader.RecordsStampAsync(git, cancel)}";
        if (_tips.TryGetValue(repository.Name, out var seen) && string.Equals(seen.Stamp, stamp, StringComparison.Ordinal))
        {
            return false;
        }

        var view = await RepositoryView.ReadAsync(repository.Name, git, tip, cancel);
        await TrackAllAsync(view, cancel);
        _tips[repository.Name] = (stamp, view);
        news.Tell(new ServerEvent("repository", repository.Name));
        return true;
    }

    private async Task TrackAllAsync(RepositoryView view, CancellationToken cancel)
    {
        var known = (await ledger.ListAsync(view.Name, state: null, int.MaxValue, cancel)).Select(tracked => tracked.Change.Id).ToHashSet();
        var tracked = new List<TrackedChange>();
        foreach (var change in view.Changes.Changes.Take(MostChanges))
        {
            var authorship = view.AuthorshipOf(change);
            if (view.IsOnProbation(authorship))
            {
                tracked.Add(New(view, change, authorship));
            }
        }

        await ledger.TrackAsync(tracked, cancel);
        await Task.WhenAll(tracked
            .Where(change => !known.Contains(change.Change.Id))
            .Select(change => OpenAsync(view, change.Change, change.Authorship, cancel)));
        foreach (var change in await ledger.ListAsync(view.Name, state: null, int.MaxValue, cancel))
        {
            await FollowRevertAsync(view, change, cancel);
        }
    }

    /// <summary>Withdraws a change that was reverted, and takes it up again when its revert was.</summary>
    private async Task FollowRevertAsync(RepositoryView view, TrackedChange tracked, CancellationToken cancel)
    {
        var revert = view.RevertOf(tracked.Change);
        if (revert is null ? tracked.State != ChangeState.Withdrawn || !await WasRevertedAsync(view, tracked, cancel) : tracked.State == ChangeState.Withdrawn)
        {
            return;
        }

        var (to, reason) = revert is { } by ? (ChangeState.Withdrawn, $"{Reverted}{by.Short}.") : (ChangeState.Experimental, "What reverted it was itself reverted.");
        await ledger.MoveAsync(
            view.Name, new Transition(tracked.Change.Id, tracked.State, to, time.GetUtcNow(), reason, Incident: null, view.Policy.Digest), cancel);
        news.Tell(new ServerEvent("change", $"{view.Name}/{tracked.Change.Id}"));
    }

    private async Task<bool> WasRevertedAsync(RepositoryView view, TrackedChange tracked, CancellationToken cancel) =>
        await ledger.TransitionsAsync(view.Name, tracked.Change.Id, cancel) is [.., { Reason: var last }] && last.StartsWith(Reverted, StringComparison.Ordinal);

    private TrackedChange New(RepositoryView view, Change change, Authorship authorship) =>
        new(view.Name, change, authorship, ChangeState.Experimental, time.GetUtcNow());

    /// <summary>Stores the first step of a change's life; the ledger refuses it when one is there.</summary>
    private Task OpenAsync(RepositoryView view, Change change, Authorship authorship, CancellationToken cancel) => ledger.MoveAsync(
        view.Name,
        new Transition(
            change.Id,
            From: null,
            ChangeState.Experimental,
            time.GetUtcNow(),
            string.Create(
                CultureInfo.InvariantCulture,
                $"Landed at {change.LandedAt:yyyy-MM-dd}; the policy watches changes written by {authorship.Kind.ToString().ToLowerInvariant()}."),
            Incident: null,
            view.Policy.Digest),
        cancel);
}
