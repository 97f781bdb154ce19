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
    RunningRevisions revisions,
    UnitFinder units,
    ServiceMappings mappings,
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
    private readonly ConcurrentDictionary<(string Repository, ChangeId Change), WatchedChange> _watched = new();
    private DateTimeOffset _judgedUntil;
    private int _mapped;

    /// <summary>Where a change stands by the last round, and the changes that share all its evidence; null while nothing of it was seen running.</summary>
    public (Standing Standing, IReadOnlyList<ChangeId> SharedWith)? StandingOf(string repository, ChangeId change) =>
        _watched.GetValueOrDefault((repository, change)) is { Standing: { } standing } watched ? (standing, watched.SharedWith) : null;

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
            if (indexer.AtTip(repository.Name) is { } view)
            {
                await JudgeAsync(view, until, decides, open, cancel);
            }
        }

        OpenPlaces = open;
        _judgedUntil = until;
    }

    private async Task JudgeAsync(RepositoryView view, DateTimeOffset until, bool decides, HashSet<long> open, CancellationToken cancel)
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
        var landed = new LandedCommits(view.Git, tracked.Values.Select(change => change.Change.Landed).ToHashSet());
        var terms = new ProbationTerms(view.Policy.Proof.Ratio, view.Policy.Proof.Alpha, view.Policy.Proof.Days, view.Policy.Proof.Instances);
        var judged = new List<(TrackedChange Change, WatchedChange Watched)>();
        foreach (var change in living)
        {
            var watched = _watched.GetOrAdd((view.Name, change.Key), _ => new WatchedChange());

            // What a person decided on settles what was seen before.
            var from = decided.TryGetValue(change.Key, out var decision) ? decision.At : DateTimeOffset.MinValue;
            watched.Watch(await SidesAsync(tracked[change.Key], [.. change.Distinct()], byUnit, landed, cancel), terms, from);
            judged.Add((tracked[change.Key], watched));
            if (tracked[change.Key].State is ChangeState.Experimental or ChangeState.Proven)
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

    /// <summary>The places that have the change, and those of the same units in versions without it.</summary>
    private static async Task<ImmutableDictionary<long, (string Traffic, bool HasChange)>> SidesAsync(
        TrackedChange tracked, List<WatchedPlace> on, ILookup<string, WatchedPlace> byUnit, LandedCommits landed, CancellationToken cancel)
    {
        var sides = on.ToImmutableDictionary(place => place.Id, place => (place.Traffic, HasChange: true)).ToBuilder();
        foreach (var place in on.Select(place => place.Unit).Distinct(StringComparer.Ordinal).SelectMany(unit => byUnit[unit]))
        {
            // Where it landed and does not live any more, it was rewritten: that is neither side.
            if (!sides.ContainsKey(place.Id) && !await landed.AreInAsync(tracked.Change.Landed, place.Revision, cancel))
            {
                sides.Add(place.Id, (place.Traffic, HasChange: false));
            }
        }

        return sides.ToImmutable();
    }

    /// <summary>Reads the minutes that closed since the last round, at once for all changes; for one that is judged anew, all there are.</summary>
    private async Task AddMinutesAsync(IReadOnlyList<WatchedChange> watched, DateTimeOffset until, CancellationToken cancel)
    {
        foreach (var going in watched.Where(change => !change.IsNew).GroupBy(change => change.After))
        {
            var rows = (await telemetry.MinutesAsync([.. going.SelectMany(change => change.Places).Distinct()], going.Key, until, cancel)).ToLookup(row => row.Place);
            foreach (var change in going)
            {
                change.Add(change.Places.SelectMany(place => rows[place]), until);
            }
        }

        foreach (var change in watched.Where(change => change.IsNew))
        {
            change.Add(await telemetry.MinutesAsync([.. change.Places], change.After, until, cancel), until);
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
                _places.Add((repository, claim.Service), service = new ServicePlaces(claim.Service, telemetry, revisions, units, mappings));
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
