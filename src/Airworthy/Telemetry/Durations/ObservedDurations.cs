namespace Airworthy.Telemetry.Durations;

/// <summary>How long calls took that came under one key.</summary>
public sealed record ObservedDurations(ObservationKey Key, DurationHistogram Durations);
