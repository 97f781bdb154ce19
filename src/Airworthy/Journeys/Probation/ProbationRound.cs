using System.Collections.Concurrent;
using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Probation;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Probation;

/// <summary>
/// Judges every change that is watched by what its units did in production: in the minutes that are closed, against the same units in versions
/// without it. What it gathers it can gather again from the store; it remembers only so as not to begin anew each time.
/// </summary>
public sealed class ProbationRound(
    IServiceRegistry registry,
    RepositoryIndexer indexer,
    ITelemetryStore telemetry,
    RunningRevisions revisions,
    UnitFinder units,
    EvidenceReader evidence,
    IChangeLedger ledger,
    Decisions decisions,
    ServerNews news,
    TimeProvider time)
{
    /// <summary>How long a minute is held open for what comes late; what comes later counts as exposure and judges nothing.</summary>
    public static readonly TimeSpan Watermark = TimeSpan.FromMinutes(5);

    private const int MostChanges = 100_000;

    private readonly Dictionary<(string Repository, string Service), ServicePlaces> _places = [];
    private readonly ConcurrentDictionary<(string Repository, ChangeId Change), Watched> _watched = new();
    private readonly Dictionary<(CommitId Landed, CommitId Revision), bool> _contained = [];
    private DateTimeOffset _judgedUntil;

    /// <summary>Where a change stands by the last round, and the changes that share all its evidence; null while nothing of it was seen running.</summary>
    public (Standing Standing, IReadOnlyList<ChangeId> SharedWith)? StandingOf(string repository, ChangeId change) =>
        _watched.GetValueOrDefault((repository, change)) is { Standing: { } standing } watched ? (standing, watched.SharedWith) : null;

    /// <summary>The last minute that was judged, UTC; null before the first round.</summary>
    public DateTimeOffset? JudgedUntil => _judgedUntil == default ? null : _judgedUntil;

    /// <summary>Judges what has closed since the last round; does nothing within the same minute.</summary>
    public async Task JudgeAsync(CancellationToken cancel)
    {
        var until = time.GetUtcNow() - Watermark;
        until = new DateTimeOffset(until.Ticks - (until.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (until == _judgedUntil)
        {
            return;
        }

        await decisions.ExpireAsync(cancel);
        foreach (var repository in await registry.RepositoriesAsync(cancel))
        {
            if (indexer.AtTip(repository.Name) is { } view)
            {
                await JudgeAsync(view, until, cancel);
            }
        }

        _judgedUntil = until;
    }

    private async Task JudgeAsync(RepositoryView view, DateTimeOffset until, CancellationToken cancel)
    {
        var places = await PlacesAsync(view.Name, cancel);
        if (places.Count == 0)
        {
            return;
        }

        var decided = await decisions.InForceAsync(view.Name, cancel);
        var tracked = (await ledger.ListAsync(view.Name, state: null, MostChanges, cancel)).ToDictionary(change => change.Change.Id);
        var byUnit = places.ToLookup(place => place.Unit, StringComparer.Ordinal);
        var living = places
            .SelectMany(place => place.Commits.Select(commit => (Place: place, view.Changes.Of(commit)?.Id)))
            .Where(lives => lives.Id is { } id && tracked.ContainsKey(id))
            .GroupBy(lives => lives.Id!.Value, lives => lives.Place);
        var judged = new List<(ChangeId Change, Watched Watched)>();
        foreach (var change in living)
        {
            // What a person decided on settles what was seen before.
            var from = decided.TryGetValue(change.Key, out var decision) ? decision.At : DateTimeOffset.MinValue;
            judged.Add((change.Key, await JudgeAsync(view, tracked[change.Key], [.. change.Distinct()], byUnit, (from, until), cancel)));
        }

        // Changes that came with the same versions into the same units can't be told apart: one signal is no two convictions.
        foreach (var group in judged.GroupBy(one => one.Watched.Sides, StringComparer.Ordinal))
        {
            foreach (var (change, watched) in group)
            {
                watched.SharedWith = [.. group.Select(one => one.Change).Where(other => other != change)];
            }
        }
    }

    private async Task<List<WatchedPlace>> PlacesAsync(string repository, CancellationToken cancel)
    {
        var places = new List<WatchedPlace>();
        foreach (var claim in await registry.ClaimsAsync(cancel))
        {
            if (!claim.Confirmed || !string.Equals(claim.Repository, repository, StringComparison.Ordinal))
            {
                continue;
            }

            if (!_places.TryGetValue((repository, claim.Service), out var service))
            {
                _places.Add((repository, claim.Service), service = new ServicePlaces(claim.Service, telemetry, revisions, units));
            }

            places.AddRange(await service.ReadAsync(repository, cancel));
        }

        return places;
    }

    private async Task<Watched> JudgeAsync(
        RepositoryView view, TrackedChange tracked, List<WatchedPlace> on, ILookup<string, WatchedPlace> byUnit, (DateTimeOffset From, DateTimeOffset Until) span, CancellationToken cancel)
    {
        var baseline = new List<WatchedPlace>();
        foreach (var place in on.Select(place => place.Unit).Distinct(StringComparer.Ordinal).SelectMany(unit => byUnit[unit]).Except(on))
        {
            if (!await ContainsAsync(view.Git, tracked.Change.Landed, place.Revision, cancel))
            {
                baseline.Add(place);
            }
        }

        var sides = on.Select(place => (place, HasChange: true)).Concat(baseline.Select(place => (place, HasChange: false)))
            .ToImmutableDictionary(side => side.place.Id, side => (side.place.Environment, side.HasChange));
        var terms = TermsOf(view.Policy);
        var watched = _watched.GetOrAdd((view.Name, tracked.Change.Id), _ => new Watched());
        if (!watched.Watches(sides, terms, span.From))
        {
            // Another version runs, or a commit arrived that tells more: it is judged anew, as if all had been known from the beginning.
            watched.Begin(sides, terms, span.From);
        }

        await watched.AddAsync(telemetry, span.Until, cancel);
        var standing = watched.Watch.Conclude(ImmutableDictionary<string, IReadOnlyList<int>>.Empty);
        if (standing.FirstRan is not null && standing.Missing.Length < 2)
        {
            // What never ran is asked only where it may decide.
            standing = watched.Watch.Conclude(await evidence.NeverRanAsync(view.Name, tracked.Change, cancel));
        }

        watched.Standing = standing;
        await MoveAsync(view, tracked, standing, cancel);
        return watched;
    }

    private async Task MoveAsync(RepositoryView view, TrackedChange tracked, Standing standing, CancellationToken cancel)
    {
        ChangeState? to = (standing.Verdict, tracked.State) switch
        {
            (ProbationVerdict.Suspect, ChangeState.Experimental or ChangeState.Proven) => ChangeState.Suspect,
            (ProbationVerdict.Proven, ChangeState.Experimental) => ChangeState.Proven,
            _ => null,
        };
        if (to is { } state && await ledger.MoveAsync(
            view.Name,
            new Transition(tracked.Change.Id, tracked.State, state, time.GetUtcNow(), standing.Reason, Incident: null, view.Policy.Digest),
            cancel))
        {
            news.Tell(new ServerEvent("change", $"{view.Name}/{tracked.Change.Id}"));
        }
    }

    private static ProbationTerms TermsOf(Policy policy) => new(policy.Proof.Ratio, policy.Proof.Alpha, policy.Proof.Days, policy.Proof.Instances);

    private async Task<bool> ContainsAsync(GitRepository git, CommitId landed, CommitId revision, CancellationToken cancel)
    {
        if (!_contained.TryGetValue((landed, revision), out var contains))
        {
            _contained[(landed, revision)] = contains = await git.IsAncestorAsync(landed, revision, cancel);
        }

        return contains;
    }

    /// <summary>A change, and what was gathered on it so far.</summary>
    private sealed class Watched
    {
        private ImmutableDictionary<long, (string Environment, bool HasChange)> _sides = ImmutableDictionary<long, (string, bool)>.Empty;
        private ProbationTerms _terms = new();
        private DateTimeOffset _from = DateTimeOffset.MinValue;

        public ChangeWatch Watch { get; private set; } = new(new ProbationTerms());

        public Standing? Standing { get; set; }

        public IReadOnlyList<ChangeId> SharedWith { get; set; } = [];

        /// <summary>The places on either side, as one text.</summary>
        public string Sides => string.Join(' ', _sides.OrderBy(side => side.Key).Select(side => $"{side.Key}{(side.Value.HasChange ? '+' : '-')}"));

        public bool Watches(ImmutableDictionary<long, (string Environment, bool HasChange)> sides, ProbationTerms terms, DateTimeOffset from) =>
            terms == _terms && from == _from && sides.Count == _sides.Count && sides.All(side => _sides.TryGetValue(side.Key, out var known) && known == side.Value);

        public void Begin(ImmutableDictionary<long, (string Environment, bool HasChange)> sides, ProbationTerms terms, DateTimeOffset from) =>
            (_sides, _terms, _from, Watch) = (sides, terms, from, new ChangeWatch(terms));

        public async Task AddAsync(ITelemetryStore telemetry, DateTimeOffset until, CancellationToken cancel)
        {
            var rows = await telemetry.MinutesAsync([.. _sides.Keys], Watch.Until ?? _from, until, cancel);
            foreach (var minute in rows.GroupBy(row => row.Minute))
            {
                // An instance is in one minute one window, whatever of the change's units it called.
                Watch.Add(minute.Key, minute
                    .GroupBy(row => (_sides[row.Place].Environment, row.Instance, _sides[row.Place].HasChange))
                    .ToLookup(
                        window => window.Key.Environment,
                        window => new InstanceMinute(window.Key.Instance, window.Key.HasChange, window.Sum(row => row.Calls), window.Sum(row => row.Bad)),
                        StringComparer.Ordinal));
            }
        }
    }
}
