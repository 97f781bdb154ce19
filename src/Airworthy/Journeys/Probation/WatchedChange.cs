using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Probation;

/// <summary>A change, where it runs and where its units run without it, and what was gathered on it so far. Asked while a round goes on.</summary>
internal sealed class WatchedChange
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<long, (string Traffic, bool HasChange)> _sides = ImmutableDictionary<long, (string, bool)>.Empty;
    private ProbationTerms _terms = new();
    private DateTimeOffset _from;
    private ChangeWatch _watch = new(new ProbationTerms());
    private IReadOnlyDictionary<string, IReadOnlyList<int>>? _neverRan = ImmutableDictionary<string, IReadOnlyList<int>>.Empty;
    private Standing? _standing;

    /// <summary>True until its minutes were read from the beginning.</summary>
    public bool IsNew { get; private set; } = true;

    /// <summary>The minute up to which it was read; minutes after it are still to be.</summary>
    public DateTimeOffset After { get; private set; }

    public IEnumerable<long> Places => _sides.Keys;

    public IReadOnlyList<ChangeId> SharedWith { get; set; } = [];

    /// <summary>The places on either side, as one text.</summary>
    public string Sides => string.Join(' ', _sides.OrderBy(side => side.Key).Select(side => $"{side.Key}{(side.Value.HasChange ? '+' : '-')}"));

    /// <summary>True when the evidence has settled something, so that it is worth asking what else is needed.</summary>
    public bool MayMove => _watch.IsSettled;

    /// <summary>Where it stands; reckoned when it is asked for, for that costs more than to gather.</summary>
    public Standing? Standing
    {
        get
        {
            lock (_lock)
            {
                return _standing ??= IsNew ? null : _watch.Conclude(_neverRan);
            }
        }
    }

    /// <summary>Says what is watched. If it is not what was watched before, the change is judged anew, as if all had been known from the beginning.</summary>
    public void Watch(ImmutableDictionary<long, (string Traffic, bool HasChange)> sides, ProbationTerms terms, DateTimeOffset from)
    {
        var isSame = !IsNew && terms == _terms && from == _from && sides.Count == _sides.Count
            && sides.All(side => _sides.TryGetValue(side.Key, out var known) && known == side.Value);
        if (!isSame)
        {
            lock (_lock)
            {
                (_sides, _terms, _from, _watch, _standing) = (sides, terms, from, new ChangeWatch(terms), null);
                (After, IsNew) = (from, true);
            }
        }
    }

    /// <summary>Takes in what instances did in the minutes that have closed, up to <paramref name="until"/>.</summary>
    public void Add(IEnumerable<ObservedMinute> rows, DateTimeOffset until)
    {
        lock (_lock)
        {
            (IsNew, After, _standing) = (false, until, null);
            foreach (var minute in rows.GroupBy(row => row.Minute).OrderBy(minute => minute.Key))
            {
                // An instance is in one minute one window, whatever of the change's units it called.
                _watch.Add(minute.Key, minute
                    .GroupBy(row => (_sides[row.Place].Traffic, row.Instance, _sides[row.Place].HasChange))
                    .ToLookup(
                        window => window.Key.Traffic,
                        window => new InstanceMinute(window.Key.Instance, window.Key.HasChange, window.Sum(row => row.Calls), window.Sum(row => row.Bad)),
                        StringComparer.Ordinal));
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
}
