namespace Airworthy.Telemetry.Reduction;

/// <summary>
/// Turns a sender's nanoseconds into instants. A time that cannot be true (none, before OpenTelemetry could have been there, or later than
/// the arrival by more than clocks differ) is replaced by the time of arrival, and counted.
/// </summary>
internal sealed class EventClock(DateTimeOffset arrival)
{
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset s_earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DateTimeOffset _arrival = ToMicroseconds(arrival.UtcTicks);

    /// <summary>How many times were replaced.</summary>
    public long Replaced { get; private set; }

    /// <summary>When the request came, UTC.</summary>
    public DateTimeOffset Arrival => _arrival;

    public DateTimeOffset At(ulong unixNanoseconds)
    {
        var ticks = DateTimeOffset.UnixEpoch.Ticks + (long)(unixNanoseconds / 100);
        if (ticks < s_earliest.Ticks || ticks > _arrival.Ticks + s_skew.Ticks)
        {
            Replaced++;
            return _arrival;
        }

        return ToMicroseconds(ticks);
    }

    public static DateTimeOffset Minute(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static DateTimeOffset ToMicroseconds(long ticks) => new(ticks - (ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
