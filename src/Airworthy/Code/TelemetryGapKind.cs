namespace Airworthy.Code;

/// <summary>What would happen unseen.</summary>
public enum TelemetryGapKind
{
    /// <summary>A call that leaves the process: it may be slow or fail, and nothing in its function would say so.</summary>
    OutwardCall,

    /// <summary>An exception is caught, and neither thrown on nor told to anyone.</summary>
    SwallowedError,
}
