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
}
