namespace Airworthy.Storage;

/// <summary>Instants as the store writes them: microseconds since 1970, UTC. What is finer is cut off.</summary>
internal static class Instant
{
    public static long ToMicroseconds(this DateTimeOffset at) =>
        Math.DivRem(at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond).Quotient;

    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
