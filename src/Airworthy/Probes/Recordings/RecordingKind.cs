namespace Airworthy.Probes.Recordings;

/// <summary>What was recorded.</summary>
public enum RecordingKind
{
    /// <summary>A call of a method.</summary>
    Method,

    /// <summary>A request that a service answered.</summary>
    Http,
}
