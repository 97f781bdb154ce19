using Airworthy.Telemetry.Durations;
using Airworthy.Telemetry.Protos;
using Google.Protobuf.Collections;

namespace Airworthy.Telemetry.Reduction;

/// <summary>Reads how long calls took: from probes by function, from servers by route. Histograms of explicit bounds and exponential ones.</summary>
internal static class DurationReader
{
    /// <summary>Where counts come from that a server's own metrics made.</summary>
    public const string Source = "metric";

    private const int MostBuckets = 512;
    private const int MostCalls = int.MaxValue;

    // Eight intervals to a doubling: each is 9 % wide. Finer ones are merged into these, so that the intervals of all senders are the same.
    private const int FinestScale = 3;
    private const int LeastScale = -10;
    private const int MostScale = 20;
    private const uint NoValue = 1;

    /// <summary>True when a metric tells how long functions took.</summary>
    public static bool IsOfFunctions(Metric metric) => IsHistogram(metric) && metric.Name.Span.SequenceEqual("airworthy.function.duration"u8);

    /// <summary>True when a metric tells how long a server's requests took.</summary>
    public static bool IsOfRequests(Metric metric) => IsHistogram(metric)
        && (metric.Name.Span.SequenceEqual("http.server.request.duration"u8) || metric.Name.Span.SequenceEqual("http.server.duration"u8));

    public static AggregationTemporality Temporality(Metric metric) =>
        metric.Histogram?.AggregationTemporality ?? metric.ExponentialHistogram.AggregationTemporality;

    /// <summary>The points of a histogram: when, under which attributes, and how long; null where that can't be.</summary>
    public static IEnumerable<(ulong Start, ulong At, RepeatedField<KeyValue> Attributes, DurationHistogram? Durations)> Points(Metric metric)
    {
        // The name that was used before 2023 measures in milliseconds, as its unit says.
        var unit = metric.Unit.Span.SequenceEqual("ms"u8) ? 1e6 : 1e9;
        foreach (var point in (metric.Histogram?.DataPoints ?? []).Where(point => (point.Flags & NoValue) == 0))
        {
            yield return (point.StartTimeUnixNano, point.TimeUnixNano, point.Attributes, Explicit(point, unit));
        }

        foreach (var point in (metric.ExponentialHistogram?.DataPoints ?? []).Where(point => (point.Flags & NoValue) == 0))
        {
            yield return (point.StartTimeUnixNano, point.TimeUnixNano, point.Attributes, Exponential(point, unit));
        }
    }

    /// <summary>The route that a request was for.</summary>
    public static ObservedLocation Route(RepeatedField<KeyValue> attributes)
    {
        var method = SentText.Text(attributes, "http.request.method"u8, "http.method"u8);
        var route = SentText.Text(attributes, "http.route"u8);
        return new ObservedLocation(null, null, null, method is null ? route ?? "unnamed" : route is null ? method : $"{method} {route}");
    }

    /// <summary>True when the requests failed by the server's fault.</summary>
    public static bool IsBad(RepeatedField<KeyValue> attributes) =>
        SentText.Integer(attributes, "http.response.status_code"u8, "http.status_code"u8) is { } status
            ? status >= SpanFacts.FirstServerError
            : SentText.Find(attributes, "error.type"u8) is not null;

    private static bool IsHistogram(Metric metric) => metric.Histogram is not null || metric.ExponentialHistogram is not null;

    private static DurationHistogram? Explicit(HistogramDataPoint point, double unit)
    {
        var counts = point.BucketCounts;
        var bounds = point.ExplicitBounds;
        if (counts.Count == 0)
        {
            return bounds.Count == 0 && point.Count <= MostCalls ? DurationHistogram.Of([new DurationBucket(-1, long.MaxValue, (long)point.Count)]) : null;
        }

        if (counts.Count != bounds.Count + 1 || counts.Count > MostBuckets)
        {
            return null;
        }

        var buckets = new Builder();
        for (var i = 0; i < counts.Count; i++)
        {
            if (counts[i] > MostCalls || (i > 0 && i < bounds.Count && !(bounds[i] > bounds[i - 1])) || (i < bounds.Count && double.IsNaN(bounds[i])))
            {
                return null;
            }

            buckets.Add(i == bounds.Count ? long.MaxValue : Nanoseconds(bounds[i] * unit), (long)counts[i]);
        }

        return buckets.Result();
    }

    private static DurationHistogram? Exponential(ExponentialHistogramDataPoint point, double unit)
    {
        var positive = point.Positive?.BucketCounts ?? [];
        if (point.Scale is < LeastScale or > MostScale || positive.Count > MostBuckets || point.ZeroCount > MostCalls
            || point.Negative?.BucketCounts.Any(count => count > 0) == true || double.IsNaN(point.ZeroThreshold))
        {
            return null;
        }

        var coarser = Math.Max(0, point.Scale - FinestScale);
        var width = Math.Pow(2, -(point.Scale - coarser));
        var buckets = new Builder();
        buckets.Add(Nanoseconds(point.ZeroThreshold * unit), (long)point.ZeroCount);
        for (var i = 0; i < positive.Count;)
        {
            var index = ((long)point.Positive!.Offset + i) >> coarser;
            var sum = 0L;
            for (; i < positive.Count && ((long)point.Positive.Offset + i) >> coarser == index; i++)
            {
                if (positive[i] > MostCalls)
                {
                    return null;
                }

                sum += (long)positive[i];
            }

            buckets.Add(Nanoseconds(Math.Pow(2, index * width) * unit), Nanoseconds(Math.Pow(2, (index + 1) * width) * unit), sum);
        }

        return buckets.Result();
    }

    private static long Nanoseconds(double value) => value <= 0 ? 0 : value >= 9e18 ? long.MaxValue : (long)Math.Round(value);

    /// <summary>Builds intervals in their order; those that nanoseconds can't tell apart become one.</summary>
    private sealed class Builder
    {
        private readonly List<DurationBucket> _buckets = [];
        private long _end = -1;

        /// <summary>An interval from where the last one ended.</summary>
        public void Add(long upTo, long calls) => Add(_end, upTo, calls);

        public void Add(long above, long upTo, long calls)
        {
            above = Math.Max(above, _end);
            _end = Math.Max(upTo, _end);
            if (calls > 0)
            {
                _buckets.Add(above < _end ? new DurationBucket(above, _end, calls) : new DurationBucket(_end - 1, _end, calls));
            }
        }

        public DurationHistogram Result() => DurationHistogram.Of(_buckets);
    }
}
