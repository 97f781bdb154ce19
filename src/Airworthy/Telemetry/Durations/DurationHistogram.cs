using System.Collections.Immutable;

namespace Airworthy.Telemetry.Durations;

/// <summary>
/// How long calls took, as intervals with their counts. The intervals are kept as the sender's bounds had them, so that merging histograms adds
/// nothing that was not told; what lies within an interval stays unknown, and answers say so.
/// </summary>
/// <param name="Buckets">The intervals in their order; some may overlap where senders had other bounds.</param>
public sealed record DurationHistogram(ImmutableArray<DurationBucket> Buckets)
{
    public static DurationHistogram Empty { get; } = new([]);

    /// <summary>How many calls were timed.</summary>
    public long Calls => Buckets.Sum(bucket => bucket.Calls);

    /// <summary>Puts intervals in order, each once; those without calls are left out.</summary>
    public static DurationHistogram Of(IEnumerable<DurationBucket> buckets) => new(
    [
        .. buckets
            .Where(bucket => bucket.Calls > 0)
            .GroupBy(bucket => (bucket.Above, bucket.UpTo))
            .Select(same => new DurationBucket(same.Key.Above, same.Key.UpTo, same.Sum(bucket => bucket.Calls)))
            .OrderBy(bucket => bucket.UpTo).ThenBy(bucket => bucket.Above),
    ]);

    public DurationHistogram Merge(DurationHistogram other) => Of([.. Buckets, .. other.Buckets]);

    /// <summary>Calls that took more than <paramref name="nanoseconds"/>: those that surely did, and those that may have.</summary>
    public (long Surely, long AtMost) Exceeding(long nanoseconds) => (
        Buckets.Where(bucket => bucket.Above >= nanoseconds).Sum(bucket => bucket.Calls),
        Buckets.Where(bucket => bucket.UpTo > nanoseconds).Sum(bucket => bucket.Calls));

    /// <summary>The time that a share of the calls did not exceed, in nanoseconds; null where nothing tells: no call, or an open interval.</summary>
    /// <param name="share">Between 0 and 1; 0.99 for the 99th percentile.</param>
    public long? Quantile(double share)
    {
        var wanted = share * Calls;
        var passed = 0L;
        foreach (var bucket in Buckets)
        {
            passed += bucket.Calls;
            if (passed >= wanted)
            {
                return bucket.UpTo == long.MaxValue ? null : bucket.UpTo;
            }
        }

        return null;
    }

    /// <summary>
    /// What was added since <paramref name="before"/>, of one series that counts on; all of it when it began anew. A sender may widen its intervals
    /// meanwhile: what was counted in narrow ones is then found in the wide ones that hold them.
    /// </summary>
    public DurationHistogram Since(DurationHistogram before)
    {
        // Both are in order and overlap nowhere, being of one series.
        var rest = Buckets.ToArray();
        var holder = 0;
        foreach (var old in before.Buckets)
        {
            while (holder < rest.Length && rest[holder].UpTo < old.UpTo)
            {
                holder++;
            }

            if (holder == rest.Length || rest[holder].Above > old.Above || rest[holder].Calls < old.Calls)
            {
                return this;
            }

            rest[holder] = rest[holder] with { Calls = rest[holder].Calls - old.Calls };
        }

        return Of(rest);
    }
}
