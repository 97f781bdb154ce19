namespace Airworthy.Telemetry;

/// <summary>What one instance did in one minute at one place.</summary>
/// <param name="Place">The number of the <see cref="ObservedPlace"/>.</param>
/// <param name="Minute">The minute of the event, UTC.</param>
/// <param name="Instance">Its <c>service.instance.id</c>.</param>
/// <param name="Calls">Calls observed; at least 0.</param>
/// <param name="Bad">Those that ended in an error.</param>
public readonly record struct ObservedMinute(long Place, DateTimeOffset Minute, string Instance, long Calls, long Bad);
