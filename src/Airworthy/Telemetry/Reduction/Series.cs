namespace Airworthy.Telemetry.Reduction;

/// <summary>What is counted under one key, of one request at a time.</summary>
/// <param name="key">The key.</param>
internal sealed class Series(ObservationKey key)
{
    private InstanceCount _first;
    private SortedDictionary<string, InstanceCount>? _others;
    private long _calls;
    private long _bad;
    private long _allocatedBytes;

    /// <summary>True when the request counts under it.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Adds what an instance did; an empty name tells none.</summary>
    public void Add(long calls, long bad, string instance, long allocatedBytes = 0)
    {
        _calls += calls;
        _bad += bad;
        _allocatedBytes += allocatedBytes;
        if (instance.Length == 0)
        {
            return;
        }

        // The first, mostly the only one, has no table.
        if (_others is null && (_first.Instance is null || string.Equals(_first.Instance, instance, StringComparison.Ordinal)))
        {
            _first = new InstanceCount(instance, _first.Calls + calls, _first.Bad + bad);
            return;
        }

        _others ??= new SortedDictionary<string, InstanceCount>(StringComparer.Ordinal) { [_first.Instance] = _first };
        var known = _others.GetValueOrDefault(instance);
        _others[instance] = new InstanceCount(instance, known.Calls + calls, known.Bad + bad);
    }

    /// <summary>What was counted, which is forgotten here.</summary>
    public Observation Take()
    {
        var taken = new Observation(key, _calls, _bad, _others is not null ? [.. _others.Values] : _first.Instance is null ? [] : [_first]) { AllocatedBytes = _allocatedBytes };
        (_calls, _bad, _allocatedBytes, _first, _others, IsCounted) = (0, 0, 0, default, null, false);
        return taken;
    }
}
