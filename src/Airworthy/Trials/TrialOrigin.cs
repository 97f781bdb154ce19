namespace Airworthy.Trials;

/// <summary>Why a unit is tried.</summary>
public enum TrialOrigin
{
    /// <summary>Its own code changed.</summary>
    Changed,

    /// <summary>It is at the head only.</summary>
    New,

    /// <summary>It reads a field or constant that changed.</summary>
    Affected,

    /// <summary>It calls a changed member that outside code can't call.</summary>
    Caller,
}
