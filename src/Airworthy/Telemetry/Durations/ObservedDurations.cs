namespace Airworthy.Telemetry.Durations;

/// <summary>How long calls took that came under one key on one instance.</summary>
/// <param name="Key">What they came under.</param>
/// <param name="Instance">The <c>service.instance.id</c>; empty when not told.</param>
/// <param name="Durations">How long.</param>
public sealed record ObservedDurations(ObservationKey Key, string Instance, DurationHistogram Durations);
