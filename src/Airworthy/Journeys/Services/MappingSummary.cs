namespace Airworthy.Journeys.Services;

/// <summary>What an operator said that a service's telemetry means.</summary>
/// <param name="Kind"><c>version</c> or <c>path-prefix</c>.</param>
/// <param name="Told">What the service sends.</param>
/// <param name="Means">What it means.</param>
/// <param name="Before">What it meant until then; null when it meant nothing.</param>
/// <param name="At">Since when, UTC.</param>
public sealed record MappingSummary(string Kind, string Told, string Means, string? Before, DateTimeOffset At);
