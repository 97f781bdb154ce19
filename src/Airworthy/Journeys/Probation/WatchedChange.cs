using System.Collections.Immutable;
using Airworthy.Journeys.Flags;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Probation;

/// <summary>A change, where it runs and where its units run without it, and what was gathered on it so far. Asked while a round goes on.</summary>
internal sealed class WatchedChange
{
    private const int MostNamed = 3;

    private readonly Lock _lock = new();
    private ChangeSides _sides = new(ImmutableDictionary<long, (string, Side)>.Empty, [], Flag: null);
    private DateTimeOffset _from;
    private ChangeWatch _watch = new(new ProbationTerms());
    private IReadOnlyDictionary<string, IReadOnlyList<int>>? _neverRan = ImmutableDictionary<string, IReadOnlyList<int>>.Empty;
    private (double Share, DateTimeOffset Since)? _ramp;
    private ConfiguredSplit? _split;
    private Standing? _standing;

    /// <summary>True until its minutes were read from the beginning.</summary>
    public bool IsNew { get; private set; } = true;

    /// <summary>The minute up to which it was read; minutes after it are still to be.</summary>
    public DateTimeOffset After { get; private set; }

    public IEnumerable<long> Places => _sides.Places.Keys;

    /// <summary>Where it lives.</summary>
    public IReadOnlyList<WatchedPlace> On => _sides.On;

    /// <summary>What it is held to.</summary>
    public ProbationTerms Terms { get; private set; } = new();

    /// <summary>By what its times are judged; null while nothing tells how long its units took before it shipped.</summary>
    public FrozenTimes? Times { get; private set; }

    /// <summary>The places of its units, with it and without.</summary>
    public IEnumerable<long> OwnPlaces => _sides.Places.Where(side => side.Value.Side != Side.Control).Select(side => side.Key);

    /// <summary>The policy that says so, and the commit whose policy it is.</summary>
    public (string Digest, CommitId Revision) Policy { get; private set; }

    public IReadOnlyList<ChangeId> SharedWith { get; set; } = [];

    /// <summary>The services it runs in.</summary>
    public IEnumerable<string> Services => _sides.On.Select(place => place.Service).Distinct(StringComparer.Ordinal);

    /// <summary>Calls of its units with it.</summary>
    public long Calls => _watch.Calls;

    /// <summary>The places on either side, as one text; control units are nobody's own.</summary>
    public string Sides => string.Join(' ', _sides.Places.Where(side => side.Value.Side != Side.Control).OrderBy(side => side.Key).Select(side => $"{side.Key}{side.Value.Side}"));

    /// <summary>True when the evidence has settled something, so that it is worth asking what else is needed.</summary>
    public bool MayMove => _watch.IsSettled;

    /// <summary>The natural logarithm of the evidence of harm as it stands.</summary>
    public double LogOfHarm
    {
        get
        {
            lock (_lock)
            {
                return _split?.Problem is null ? _watch.LogOfHarm : 0;
            }
        }
    }

    /// <summary>Where it stands; reckoned when it is asked for, for that costs more than to gather.</summary>
    public Standing? Standing
    {
        get
        {
            lock (_lock)
            {
                return _standing ??= IsNew ? null : Told(_watch.Conclude(IsByOperations ? null : _neverRan, _split?.Problem));
            }
        }
    }

    /// <summary>Says what is watched. If it is not what was watched before, the change is judged anew, as if all had been known from the beginning.</summary>
    public void Watch(
        ChangeSides sides,
        ProbationTerms terms,
        (string Digest, CommitId Revision) policy,
        (double Share, DateTimeOffset Since)? split,
        FrozenTimes? times,
        DateTimeOffset from)
    {
        Policy = policy;
        var isSame = !IsNew && terms == Terms && from == _from && sides.Flag == _sides.Flag && split == _ramp && times == Times && sides.Places.Count == _sides.Places.Count
            && sides.Places.All(side => _sides.Places.TryGetValue(side.Key, out var known) && known == side.Value);
        if (!isSame)
        {
            lock (_lock)
            {
                (_sides, Terms, Times, _from, _standing) = (sides, terms, times, from, null);
                _watch = new ChangeWatch(terms, times is not null, sides.Flag is not null);
                (After, IsNew, _ramp, _split) = (from, true, split, split is { } ramp ? new ConfiguredSplit(ramp.Share, ramp.Since) : null);
            }
        }
        else if (IsByOperations)
        {
            // What ties operations to it is told anew.
            lock (_lock)
            {
                (_sides, _standing) = (sides, null);
            }
        }
    }

    /// <summary>Takes in what instances did in the minutes that have closed, up to <paramref name="until"/>, and how long calls took in them.</summary>
    public void Add(IEnumerable<ObservedMinute> rows, IEnumerable<TimedMinute> times, DateTimeOffset until)
    {
        lock (_lock)
        {
            (IsNew, After, _standing) = (false, until, null);
            var (called, timed) = (rows.ToLookup(row => row.Minute), times.ToLookup(row => row.Minute));
            foreach (var minute in called.Select(minute => minute.Key).Union(timed.Select(minute => minute.Key)).Order())
            {
                CheckSplit(minute, called[minute]);

                // An instance is in one minute one window, whatever of the change's units it called.
                var windows = called[minute]
                    .GroupBy(row => (_sides.Places[row.Place].Traffic, row.Instance, _sides.Places[row.Place].Side))
                    .Select(window => (window.Key.Traffic, Window: new InstanceMinute(
                        window.Key.Instance, window.Key.Side, window.Sum(row => row.Calls), window.Sum(row => row.Bad))));

                // Beside the calls, of which not each is timed, nor each that is timed counted by the same source.
                var slow = timed[minute]
                    .GroupBy(row => (_sides.Places[row.Place].Traffic, row.Instance, _sides.Places[row.Place].Side))
                    .Select(window => (window.Key.Traffic, Window: new InstanceMinute(window.Key.Instance, window.Key.Side, 0, 0)
                    {
                        Timed = window.Sum(row => row.Timed), OverMedian = window.Sum(row => row.OverMedian), OverTail = window.Sum(row => row.OverTail),
                    }));
                _watch.Add(minute, windows.Concat(slow).ToLookup(one => one.Traffic, one => one.Window, StringComparer.Ordinal));
            }
        }
    }

    /// <summary>Says which of its lines never ran; null when nothing tells.</summary>
    public void Tell(IReadOnlyDictionary<string, IReadOnlyList<int>>? neverRan)
    {
        lock (_lock)
        {
            (_neverRan, _standing) = (neverRan, null);
        }
    }

    private bool IsByOperations => _sides.On.Any(place => place.Link is not null);

    /// <summary>Says so where operations stand in for units that nothing counts: they convict, and never prove, for no statement is seen to have run.</summary>
    private Standing Told(Standing standing)
    {
        var links = _sides.On.Select(place => place.Link).OfType<OperationLink>().OrderByDescending(link => link.Through).DistinctBy(link => link.Operation, StringComparer.Ordinal).ToList();
        if (links.Count == 0)
        {
            return standing;
        }

        var named = string.Join(", ", links.Take(MostNamed).Select(link => $"{link.Operation} (by {Words.Count(link.Through, "stack trace")} of {link.Traces})"));
        return standing with
        {
            Metrics = [.. standing.Metrics.Select(metric => metric with { Subject = MetricStanding.Operations })],
            Missing = standing.Verdict == ProbationVerdict.Suspect ? standing.Missing
                : [.. standing.Missing, $"what counts its functions: told is only of operations that lead to them, {named}{(links.Count > MostNamed ? " and more" : "")}"],
        };
    }

    private void CheckSplit(DateTimeOffset minute, IEnumerable<ObservedMinute> rows)
    {
        foreach (var instance in rows.GroupBy(row => row.Instance, StringComparer.Ordinal))
        {
            _split?.Add(
                minute,
                instance.Where(row => _sides.Places[row.Place].Side == Side.Change).Sum(row => row.Calls),
                instance.Where(row => _sides.Places[row.Place].Side == Side.Off).Sum(row => row.Calls),
                Murmur3.Of($"{instance.Key} {minute.Ticks}") / (double)uint.MaxValue);
        }
    }
}
