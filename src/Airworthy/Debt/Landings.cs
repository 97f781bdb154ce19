using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Debt;

/// <summary>When each commit of a history reached its main line.</summary>
public sealed class Landings
{
    private readonly Dictionary<CommitId, int> _places;
    private readonly ImmutableArray<DateTimeOffset> _times;

    internal Landings(Dictionary<CommitId, int> places, ImmutableArray<DateTimeOffset> times, int disbelieved)
    {
        _places = places;
        _times = times;
        Disbelieved = disbelieved;
    }

    /// <summary>How many commits the main line has.</summary>
    public int Count => _times.Length;

    /// <summary>How many of them carry a date that is not believed, because most others contradict it, or it is in the future, or unset.</summary>
    public int Disbelieved { get; }

    /// <summary>When the last one landed: what is known ends there.</summary>
    public DateTimeOffset Until => _times[^1];

    /// <summary>The landing of a commit of the history.</summary>
    /// <exception cref="KeyNotFoundException">The commit is not in it.</exception>
    public Landing Of(CommitId commit)
    {
        var place = _places[commit];
        return new Landing(place, _times[place]);
    }

    /// <summary>True when the commit is in the history.</summary>
    public bool Holds(CommitId commit) => _places.ContainsKey(commit);
}
