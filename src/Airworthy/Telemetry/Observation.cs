namespace Airworthy.Telemetry;

/// <summary>Calls and failures counted under one key.</summary>
/// <param name="Key">Under what.</param>
/// <param name="Calls">Calls observed; at least 0.</param>
/// <param name="Bad">Calls that ended in an error, 0 to <paramref name="Calls"/>.</param>
/// <param name="Instances">What of it each instance did that told its <c>service.instance.id</c>, each once.</param>
public readonly record struct Observation(ObservationKey Key, long Calls, long Bad, InstanceCounts Instances)
{
    /// <summary>Bytes that its calls allocated, as far as told.</summary>
    public long AllocatedBytes { get; init; }
}
