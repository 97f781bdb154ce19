namespace Airworthy.Telemetry.Durations;

/// <summary>Calls that took more than one time and not more than another.</summary>
/// <param name="Above">Nanoseconds that each of them took more than; -1 where those that took none are among them.</param>
/// <param name="UpTo">Nanoseconds that none of them took more than; <see cref="long.MaxValue"/> where nothing is told.</param>
/// <param name="Calls">How many; at least 1.</param>
public readonly record struct DurationBucket(long Above, long UpTo, long Calls);
