namespace Airworthy.Telemetry;

/// <summary>What an operator maps.</summary>
public enum ServiceMappingKind
{
    /// <summary>A version to a commit.</summary>
    Version,

    /// <summary>The beginning of paths, as the machine that built it had them, to a folder of the repository.</summary>
    PathPrefix,
}
