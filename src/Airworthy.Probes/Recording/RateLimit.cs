namespace Airworthy.Probes.Recording;

/// <summary>So many a second, and no more; what one second leaves is not kept for the next.</summary>
internal sealed class RateLimit(int mostPerSecond, TimeProvider time)
{
    private long _second;
    private int _taken;

    public bool TryTake()
    {
        var second = time.GetTimestamp() / time.TimestampFrequency;
        if (Interlocked.Exchange(ref _second, second) != second)
        {
            Volatile.Write(ref _taken, 0);
        }

        return Volatile.Read(ref _taken) < mostPerSecond && Interlocked.Increment(ref _taken) <= mostPerSecond;
    }
}
