namespace Airworthy.Journeys.Queries;

/// <summary>How long calls of a unit took.</summary>
/// <param name="Calls">Calls that were timed; of probes 1 in 64.</param>
/// <param name="P50Seconds">Half of them took no longer; null where their histogram does not tell.</param>
/// <param name="P99Seconds">99 of 100 took no longer; null where their histogram does not tell.</param>
public sealed record UnitTiming(long Calls, double? P50Seconds, double? P99Seconds);
