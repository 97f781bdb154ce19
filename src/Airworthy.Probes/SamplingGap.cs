using System.Diagnostics;

namespace Airworthy.Probes;

/// <summary>
/// How many calls pass until one is timed: drawn from the geometric distribution with mean 64, so that every call is timed with a chance of
/// 1 in 64 whatever came before. A fixed gap would fall in step with a loop and time the same method of it each time.
/// </summary>
internal static class SamplingGap
{
    /// <summary>One call in so many is timed.</summary>
    public const int Mean = 64;

    private static readonly double s_logOfMiss = Math.Log(1 - (1.0 / Mean));

    /// <summary>A state that no other thread has; never 0, where the generator would stay.</summary>
    public static long NewSeed() =>
        ((Stopwatch.GetTimestamp() ^ ((long)Environment.CurrentManagedThreadId << 40)) * unchecked((long)0x9E37_79B9_7F4A_7C15UL)) | 1;

    /// <summary>The next gap, at least 1; moves the state on (xorshift64, Marsaglia 2003).</summary>
    public static long Next(ref long seed)
    {
        var x = (ulong)seed;
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        seed = (long)x;
        // 53 bits, and never 0: its logarithm is infinite.
        var uniform = ((x >> 11) + 1) * (1.0 / (1UL << 53));
        return 1 + (long)(Math.Log(uniform) / s_logOfMiss);
    }
}
