namespace Airworthy.Telemetry.Reduction;

/// <summary>What a request is counted under. Keys stay known from one request to the next; how many one request may count under is bounded.</summary>
internal sealed class SeriesTable
{
    private readonly Dictionary<ObservationKey, Series> _known = [];
    private readonly List<Series> _counted = [];

    /// <summary>How many are known.</summary>
    public int Count => _known.Count;

    /// <summary>True when the request counts under as many keys as it may.</summary>
    public bool IsFull => _counted.Count == Reducer.MaxKeys;

    /// <summary>The series of a key, for a request that may count under one key more.</summary>
    public Series Of(ObservationKey key)
    {
        if (!_known.TryGetValue(key, out var series))
        {
            _known.Add(key, series = new Series(key));
        }

        return series;
    }

    /// <summary>Counts under a key; false when the request counts under too many others.</summary>
    public bool TryAdd(ObservationKey key, long calls, long bad, string instance, long allocatedBytes)
    {
        if (IsFull && !(_known.TryGetValue(key, out var known) && known.IsCounted))
        {
            return false;
        }

        Mark(Of(key)).Add(calls, bad, instance, allocatedBytes);
        return true;
    }

    /// <summary>Marks that the request counts under a series.</summary>
    public Series Mark(Series series)
    {
        if (!series.IsCounted)
        {
            series.IsCounted = true;
            _counted.Add(series);
        }

        return series;
    }

    /// <summary>Moves what was counted, in the order in which it came first.</summary>
    public void MoveTo(List<Observation> observations)
    {
        foreach (var series in _counted)
        {
            observations.Add(series.Take());
        }

        _counted.Clear();
    }
}
