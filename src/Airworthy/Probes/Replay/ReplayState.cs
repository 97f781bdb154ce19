namespace Airworthy.Probes.Replay;

/// <summary>How a replayed call ended.</summary>
public enum ReplayState
{
    /// <summary>It returned.</summary>
    Returned,

    /// <summary>It threw.</summary>
    Threw,

    /// <summary>It had not ended after the time it was given.</summary>
    TimedOut,

    /// <summary>It ended its process.</summary>
    Crashed,

    /// <summary>It could not be called again.</summary>
    NotReplayable,
}
