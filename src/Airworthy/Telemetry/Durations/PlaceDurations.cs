namespace Airworthy.Telemetry.Durations;

/// <summary>How long calls took at one place on one instance in one minute.</summary>
/// <param name="Place">The number of the <see cref="ObservedPlace"/>.</param>
/// <param name="Minute">The minute of the event, UTC.</param>
/// <param name="Instance">The <c>service.instance.id</c>.</param>
/// <param name="Durations">How long; of probes it is 1 call in 64.</param>
public sealed record PlaceDurations(long Place, DateTimeOffset Minute, string Instance, DurationHistogram Durations);
