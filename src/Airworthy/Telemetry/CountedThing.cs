namespace Airworthy.Telemetry;

/// <summary>What a counter counts.</summary>
public enum CountedThing
{
    Calls,
    Failures,

    /// <summary>Bytes that calls allocated.</summary>
    AllocatedBytes,
}
