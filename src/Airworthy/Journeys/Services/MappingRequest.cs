namespace Airworthy.Journeys.Services;

/// <summary>The operator's word on what a service's telemetry means: a version and the commit it is, or the beginning of paths and the folder it is.</summary>
/// <param name="Version">The version, as the service sends it.</param>
/// <param name="Revision">The commit it is.</param>
/// <param name="PathPrefix">The beginning of paths, as the service sends them.</param>
/// <param name="Folder">The folder of the repository it is; empty for its root.</param>
public sealed record MappingRequest(string? Version = null, string? Revision = null, string? PathPrefix = null, string? Folder = null);
