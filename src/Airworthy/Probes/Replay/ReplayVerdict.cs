namespace Airworthy.Probes.Replay;

/// <summary>What two builds make of one recorded call.</summary>
public enum ReplayVerdict
{
    /// <summary>The same.</summary>
    Same,

    /// <summary>Something else.</summary>
    Different,

    /// <summary>Nothing that can be compared; the reason is told.</summary>
    NotCompared,
}
