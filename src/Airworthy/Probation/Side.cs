namespace Airworthy.Probation;

/// <summary>What an instance ran in a minute, as seen from a change.</summary>
public enum Side
{
    /// <summary>The change's units with the change in them.</summary>
    Change,

    /// <summary>The same units in a version without it.</summary>
    Baseline,

    /// <summary>The same units in the version with it, where a feature flag kept it off.</summary>
    Off,

    /// <summary>Other units of the service, which no change touched and which call none of the change's.</summary>
    Control,

    /// <summary>Units with the change that versions without it have no counterpart of, beside others that have one: they run, and are compared with nothing.</summary>
    Alone,
}
