namespace Airworthy.Journeys.Probation;

/// <summary>How long calls took at one place on one instance in one minute, against the frozen thresholds.</summary>
/// <param name="Place">The place.</param>
/// <param name="Minute">The minute of the event, UTC.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Timed">Calls whose time was told.</param>
/// <param name="OverMedian">Those that surely took longer than the frozen median.</param>
/// <param name="OverTail">Those that surely took longer than the frozen 99th percentile.</param>
internal readonly record struct TimedMinute(long Place, DateTimeOffset Minute, string Instance, long Timed, long OverMedian, long OverTail);
