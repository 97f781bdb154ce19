namespace Airworthy.Telemetry;

/// <summary>An operator's word on what a service's telemetry means, where what it says of itself is wrong or not enough.</summary>
/// <param name="Service">The service.</param>
/// <param name="Kind">What is mapped.</param>
/// <param name="Told">What the telemetry says: a version, by any of the attributes that name one, or the beginning of a path.</param>
/// <param name="Means">What it means: a commit, or the beginning of a path in the repository.</param>
/// <param name="Before">What it meant until then; null when it meant nothing.</param>
/// <param name="At">Since when, UTC.</param>
public sealed record ServiceMapping(string Service, ServiceMappingKind Kind, string Told, string Means, string? Before, DateTimeOffset At);
