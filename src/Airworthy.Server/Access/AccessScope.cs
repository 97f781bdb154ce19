namespace Airworthy.Server.Access;

/// <summary>What a token lets its bearer do.</summary>
public enum AccessScope
{
    /// <summary>Send telemetry, deployments and webhooks.</summary>
    Ingest,

    /// <summary>See pages, ask the API and read metrics.</summary>
    Read,

    /// <summary>Change what the server keeps: repositories, claims, mappings, decisions.</summary>
    Write,
}
