using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.PullRequests;

/// <summary>
/// Places what a forge tells of pull requests at the commits that they landed as. What a request says of itself counts for the one commit
/// it is: its squash, or its only commit; of several merged commits each may be anyone's, so there it is a hint.
/// </summary>
internal sealed class RequestIndex
{
    private readonly Dictionary<CommitId, ImmutableArray<Signal>> _byCommit = [];
    private readonly Dictionary<int, PullRequest> _byNumber = [];

    private RequestIndex(IEnumerable<PullRequest> requests)
    {
        foreach (var request in requests)
        {
            _byNumber[request.Number] = request;
        }
    }

    /// <summary>Places <paramref name="requests"/> in the history of <paramref name="tip"/>, in one walk; none when there are none.</summary>
    public static async Task<RequestIndex> ReadAsync(
        GitRepository repository, CommitId tip, IReadOnlyCollection<PullRequest> requests, CancellationToken cancel)
    {
        var index = new RequestIndex(requests);
        if (requests.Count == 0)
        {
            return index;
        }

        var history = new ChangeHistory();
        var merges = new HashSet<CommitId>();
        await foreach (var commit in repository.HistoryAsync(tip.Hex, cancel))
        {
            history.Add(commit);
            if (commit.Parents.Length > 1)
            {
                merges.Add(commit.Id);
            }
        }

        index.Place(requests, history.Index(tip), merges);
        return index;
    }

    /// <summary>What the request of a commit tells of it; <paramref name="number"/> is the request that its message names.</summary>
    public ImmutableArray<Signal> SignalsOf(Commit commit, int? number) =>
        _byCommit.TryGetValue(commit.Id, out var placed) ? placed
        : number is { } named && _byNumber.TryGetValue(named, out var request) && IsBefore(request, commit) ? PullRequestSignals.Of(request)
        : [];

    // A number in an imported history is another repository's; its commit is older than the request of that number here.
    private static bool IsBefore(PullRequest request, Commit commit) => request.CreatedAt is not { } created || created <= commit.CommittedAt;

    private void Place(IEnumerable<PullRequest> requests, ChangeIndex changes, HashSet<CommitId> merges)
    {
        // An unmerged request's merge commit is only GitHub's trial of it.
        foreach (var request in requests.Where(request => request.MergedAt is not null))
        {
            var signals = PullRequestSignals.Of(request);
            if (signals.IsEmpty || (request.SquashCommit ?? request.MergeCommit) is not { } landed)
            {
                continue;
            }

            // A single commit that names no request is the last of a rebase, or a squash whose title was edited.
            var change = changes.Of(landed);
            var isWhole = merges.Contains(landed) || landed == request.SquashCommit || change?.PullRequest == request.Number;
            _byCommit.TryAdd(landed, isWhole ? signals : Hints(signals));
            if (request.MergeCommit is { } merge && merges.Contains(merge) && changes.Of(merge) is { } merged && merged.Landed == merge)
            {
                PlaceParts(merged, merge, signals, merges);
            }
        }
    }

    private void PlaceParts(Change merged, CommitId merge, ImmutableArray<Signal> signals, HashSet<CommitId> merges)
    {
        _byCommit.TryAdd(merge, signals);
        var parts = merged.Commits.Where(commit => commit != merge && !merges.Contains(commit)).ToList();
        foreach (var part in parts)
        {
            _byCommit.TryAdd(part, parts.Count == 1 ? signals : Hints(signals));
        }
    }

    private static ImmutableArray<Signal> Hints(ImmutableArray<Signal> signals) =>
        [.. signals.Select(signal => signal.Strength > SignalStrength.Weak ? signal with { Strength = SignalStrength.Weak } : signal)];
}
