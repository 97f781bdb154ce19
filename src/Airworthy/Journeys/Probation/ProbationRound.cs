using System.Collections.Concurrent;
using System.Collections.Immutable;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Repositories;
using Airworthy.Journeys.Services;
using Airworthy.Model;
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
    IOperationLinks links,
    RunningRevisions revisions,
    UnitFinder units,
    ServiceMappings mappings,
    EvidenceReader evidence,
    IChangeLedger ledger,
    Decisions decisions,
    LivingChanges living,
    Fleet fleet,
    ServerNews news,
    TimeProvider time)
{
    /// <summary>How long a minute is held open for what comes late; what comes later counts as exposure and judges nothing.</summary>
    public static readonly TimeSpan Watermark = TimeSpan.FromMinutes(5);

    private const int MostChanges = 100_000;

    // Changes whose whole past is in memory at once.
    private const int MostReadAnew = 32;

    private static readonly TimeSpan s_before = TimeSpan.FromDays(7);

    private readonly CallerNames _callers = new();
    private readonly HashSet<(string Repository, ChangeId Change, int Places)> _sought = [];
    private readonly Dictionary<string, LandedCommits> _landed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeletionPlaces> _deletions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Repository, string Service), ServicePlaces> _places = [];
    private readonly ConcurrentDictionary<(string Repository, ChangeId Change), WatchedChange> _watched = new();
    private DateTimeOffset _judgedUntil;
    private int _mapped;

    /// <summary>How many changes were seen running.</summary>
    public int Running => _watched.Values.Count(watched => watched.Calls > 0);

    /// <summary>What was gathered on a change up to the last round; null while nothing of it was seen running.</summary>
    internal WatchedChange? Of(string repository, ChangeId change) => _watched.GetValueOrDefault((repository, change));

    /// <summary>The last minute that was judged, UTC; null before the first round.</summary>
    public DateTimeOffset? JudgedUntil => _judgedUntil == default ? null : _judgedUntil;

    /// <summary>The places whose minutes a change that is still judged may need again: they are kept as they are. Null before the first round.</summary>
    public IReadOnlySet<long>? OpenPlaces { get; private set; }

    /// <summary>Judges what has closed since the last round; does nothing within the same minute.</summary>
    /// <param name="decides">True where this server moves changes; of several on one database one does, and the others only gather, for their pages.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task JudgeAsync(bool decides, CancellationToken cancel)
    {
        var until = time.GetUtcNow() - Watermark;
        until = new DateTimeOffset(until.Ticks - (until.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (until == _judgedUntil)
        {
            return;
        }

        if (decides)
        {
            await decisions.ExpireAsync(cancel);
        }

        if ((await mappings.AllAsync(cancel)).Count is var mapped && mapped != _mapped)
        {
            // What an operator corrected counts for all that was observed: each place is sought again.
            _mapped = mapped;
            _places.Clear();
        }

        var open = new HashSet<long>();
        foreach (var repository in await registry.RepositoriesAsync(cancel))
        {
            if (decides)
            {
                await living.FollowAsync(repository.Name, cancel);
            }

            if (indexer.AtTip(repository.Name) is { } view)
            {
                await JudgeAsync(view, until, decides, open, cancel);
            }
        }

        OpenPlaces = open;
        if (decides)
        {
            await fleet.WeighAsync([.. _watched.Select(one => (one.Key.Repository, one.Key.Change, one.Value.LogOfHarm))], cancel);
        }

        _judgedUntil = until;
    }

    private async Task JudgeAsync(RepositoryView view, DateTimeOffset until, bool decides, HashSet<long> open, CancellationToken cancel)
    {
        // Since when a flag splits is known from its first look on, not from its first telemetry.
        var splits = await SplitsAsync(view, cancel);
        var places = await PlacesAsync(view.Name, cancel);
        if (places.Count == 0)
        {
            return;
        }

        var decided = await decisions.InForceAsync(view.Name, cancel);
        var tracked = (await ledger.ListAsync(view.Name, state: null, MostChanges, cancel)).ToDictionary(change => change.Change.Id);
        var landed = LandedOf(view, tracked.Values.Select(change => change.Change.Landed).ToHashSet());
        var byUnit = places.ToLookup(place => place.Part, StringComparer.Ordinal);
        var byName = places.ToLookup(place => place.Name, StringComparer.Ordinal);
        var controls = new ControlUnits(places, names => _callers.To(view.Name, view.Git, view.Revision, names));
        var frozen = await ledger.FrozenTimesAsync(view.Name, cancel);
        var judged = new List<(TrackedChange Change, WatchedChange Watched)>();
        foreach (var (id, on) in await LivingAsync(view, tracked, places, landed, cancel))
        {
            // Operations stand in only where nothing counts a unit of it.
            var change = tracked[id].Change;
            var counting = on.Where(place => place.Link is null).ToList();
            var sides = await ChangeSides.OfAsync(change, counting.Count > 0 ? counting : on, byUnit, byName, landed, view.FlagsOf(change), controls, cancel);
            var terms = view.Policy.ProofOf(sides.On.Select(place => place.Unit.Path).Distinct());
            var watched = _watched.GetOrAdd((view.Name, id), _ => new WatchedChange());

            // What a person decided on settles what was seen before.
            var from = decided.TryGetValue(id, out var decision) ? decision.At : DateTimeOffset.MinValue;
            watched.Watch(
                sides,
                new ProbationTerms(terms.Ratio, terms.Alpha, terms.Days, terms.Instances, terms.MedianRatio, terms.Rate),
                (view.Policy.Digest, view.Revision),
                sides.Flag is { } flag && splits.TryGetValue(flag, out var split) ? split : null,
                frozen.GetValueOrDefault(id) ?? await FreezeAsync(view.Name, id, sides, decides, cancel),
                from);
            judged.Add((tracked[id], watched));
            if (tracked[id].State is ChangeState.Experimental or ChangeState.Proven)
            {
                open.UnionWith(watched.Places);
            }
        }

        await AddMinutesAsync([.. judged.Select(one => one.Watched)], until, cancel);
        foreach (var (change, watched) in decides ? judged : [])
        {
            await MoveAsync(view, change, watched, cancel);
        }

        // Changes that came with the same versions into the same units can't be told apart: one signal is no two convictions.
        foreach (var group in judged.GroupBy(one => one.Watched.Sides, StringComparer.Ordinal))
        {
            foreach (var (change, watched) in group)
            {
                watched.SharedWith = [.. group.Select(one => one.Change.Change.Id).Where(other => other != change.Change.Id)];
            }
        }
    }

    /// <summary>Histories do not change: they are read again only when other commits are sought in them.</summary>
    private LandedCommits LandedOf(RepositoryView view, HashSet<CommitId> commits) =>
        _landed.TryGetValue(view.Name, out var known) && known.Sought.SetEquals(commits) ? known : _landed[view.Name] = new LandedCommits(view.Git, commits);

    /// <summary>The places in which each tracked change lives: by a line of it, or by the mark of what it deleted.</summary>
    private async Task<List<(ChangeId Change, IReadOnlyList<WatchedPlace> On)>> LivingAsync(
        RepositoryView view, Dictionary<ChangeId, TrackedChange> tracked, List<WatchedPlace> places, LandedCommits landed, CancellationToken cancel)
    {
        var alive = places
            .SelectMany(place => place.Commits.Select(commit => (Place: place, view.Changes.Of(commit)?.Id)))
            .Where(lives => lives.Id is { } id && tracked.ContainsKey(id))
            .GroupBy(lives => lives.Id!.Value, lives => lives.Place)
            .Select(change => (change.Key, (IReadOnlyList<WatchedPlace>)[.. change.Distinct()]))
            .ToList();
        if (!_deletions.TryGetValue(view.Name, out var deletions))
        {
            _deletions.Add(view.Name, deletions = new DeletionPlaces(view.Git));
        }

        deletions.Begin();
        var byPath = places.ToLookup(place => place.Unit.Path);
        foreach (var id in tracked.Keys.Except(alive.Select(change => change.Key)).ToList())
        {
            if (await deletions.OfAsync(tracked[id].Change, byPath, landed, cancel) is { Count: > 0 } on)
            {
                alive.Add((id, on));
            }
        }

        return alive;
    }

    /// <summary>How the flags that ramp split traffic, and since when.</summary>
    private async Task<Dictionary<string, (double Share, DateTimeOffset Since)>> SplitsAsync(RepositoryView view, CancellationToken cancel)
    {
        var splits = new Dictionary<string, (double Share, DateTimeOffset Since)>(StringComparer.Ordinal);
        foreach (var flag in view.Policy.FeatureFlags)
        {
            var since = await ledger.RampAsync(view.Name, flag.Key, flag.Ramp, time.GetUtcNow(), cancel);
            if (flag.Ramp is > 0 and < 1)
            {
                splits[flag.Key] = (flag.Ramp, since);
            }
        }

        return splits;
    }

    /// <summary>
    /// Freezes how long the units of a change took without it in the days before it first ran; null while too little tells. Sought once for each set of places.
    /// </summary>
    private async Task<FrozenTimes?> FreezeAsync(string repository, ChangeId id, ChangeSides sides, bool decides, CancellationToken cancel)
    {
        var baseline = sides.Places.Where(place => place.Value.Side == Side.Baseline).Select(place => place.Key).ToList();
        if (!decides || baseline.Count == 0 || !_sought.Add((repository, id, sides.Places.Count)))
        {
            return null;
        }

        var ran = await telemetry.ExposureAsync([.. sides.On.Select(place => place.Id)], cancel);
        if (ran.Count == 0)
        {
            _sought.Remove((repository, id, sides.Places.Count));
            return null;
        }

        var shipped = ran.Min(place => place.First);
        var before = await telemetry.DurationsAsync(baseline, shipped - s_before, shipped.AddMinutes(-1), cancel);
        if (before.Calls < FrozenTimes.FewestCalls || before.Quantile(0.5) is not { } median || before.Quantile(0.99) is not { } tail)
        {
            return null;
        }

        var times = new FrozenTimes(median, tail, before.Calls);
        await ledger.FreezeTimesAsync(repository, id, times, time.GetUtcNow(), cancel);
        return times;
    }

    /// <summary>How long the calls of a change's units took in the minutes that closed, against what was frozen.</summary>
    private async Task<IEnumerable<TimedMinute>> TimesAsync(WatchedChange change, DateTimeOffset until, CancellationToken cancel) =>
        change.Times is not { } times ? [] : (await telemetry.InstanceDurationsAsync([.. change.OwnPlaces], change.After, until, cancel)).Select(minute => new TimedMinute(
            minute.Place, minute.Minute, minute.Instance, minute.Durations.Calls, minute.Durations.Exceeding(times.Median).Surely, minute.Durations.Exceeding(times.Tail).Surely));

    /// <summary>Reads the minutes that closed since the last round, at once for all changes; for those that are judged anew, all there are, some changes at a time.</summary>
    private async Task AddMinutesAsync(IReadOnlyList<WatchedChange> watched, DateTimeOffset until, CancellationToken cancel)
    {
        foreach (var some in watched.GroupBy(change => (change.IsNew, change.After)).SelectMany(group => group.Chunk(group.Key.IsNew ? MostReadAnew : int.MaxValue)).ToList())
        {
            var rows = (await telemetry.MinutesAsync([.. some.SelectMany(change => change.Places).Distinct()], some[0].After, until, cancel)).ToLookup(row => row.Place);
            foreach (var change in some)
            {
                change.Add(change.Places.SelectMany(place => rows[place]), await TimesAsync(change, until, cancel), until);
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
                _places.Add((repository, claim.Service), service = new ServicePlaces(claim.Service, telemetry, links, revisions, units, mappings));
            }

            places.AddRange(await service.ReadAsync(repository, cancel));
        }

        return places;
    }

    private async Task MoveAsync(RepositoryView view, TrackedChange tracked, WatchedChange watched, CancellationToken cancel)
    {
        if (tracked.State is not (ChangeState.Experimental or ChangeState.Proven) || !watched.MayMove)
        {
            return;
        }

        watched.Tell(await evidence.NeverRanAsync(view.Name, tracked.Change, cancel));
        var standing = watched.Standing!;
        ChangeState? to = (standing.Verdict, tracked.State) switch
        {
            (ProbationVerdict.Suspect, _) => ChangeState.Suspect,
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
}
