namespace Airworthy.Model;

/// <summary>What became of a version of a service.</summary>
public enum ReleaseKind
{
    /// <summary>It came to run; nobody told so, but telemetry named it for the first time.</summary>
    FirstSeen,

    /// <summary>It was deployed, or took the place of another.</summary>
    Deployed,

    /// <summary>The service was brought back to it, since what ran after it was no good.</summary>
    RolledBack,

    /// <summary>The service is reached by those it serves.</summary>
    Published,

    /// <summary>The service runs no more.</summary>
    Removed,
}
