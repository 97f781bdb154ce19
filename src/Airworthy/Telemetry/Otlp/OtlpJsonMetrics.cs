using System.Text.Json;
using Airworthy.Telemetry.Protos;
using static Airworthy.Telemetry.Otlp.OtlpJsonValues;

namespace Airworthy.Telemetry.Otlp;

/// <summary>Reads the metrics of OTLP/JSON: sums, gauges and histograms.</summary>
internal static class OtlpJsonMetrics
{
    public static Metric Metric(JsonElement json)
    {
        var metric = new Metric { Name = Text(json, "name"), Unit = Text(json, "unit") };
        if (Member(json, "sum", JsonValueKind.Object) is { } sum)
        {
            metric.Sum = new Sum
            {
                AggregationTemporality = (AggregationTemporality)Small(sum, "aggregationTemporality"),
                IsMonotonic = sum.TryGetProperty("isMonotonic", out var monotonic) && monotonic.ValueKind == JsonValueKind.True,
            };
            metric.Sum.DataPoints.AddRange(Items(sum, "dataPoints").Select(NumberDataPoint));
        }

        if (Member(json, "gauge", JsonValueKind.Object) is { } gauge)
        {
            metric.Gauge = new Gauge();
            metric.Gauge.DataPoints.AddRange(Items(gauge, "dataPoints").Select(NumberDataPoint));
        }

        if (Member(json, "histogram", JsonValueKind.Object) is { } histogram)
        {
            metric.Histogram = new Histogram { AggregationTemporality = (AggregationTemporality)Small(histogram, "aggregationTemporality") };
            metric.Histogram.DataPoints.AddRange(Items(histogram, "dataPoints").Select(HistogramDataPoint));
        }

        if (Member(json, "exponentialHistogram", JsonValueKind.Object) is { } exponential)
        {
            metric.ExponentialHistogram = new ExponentialHistogram
            {
                AggregationTemporality = (AggregationTemporality)Small(exponential, "aggregationTemporality"),
            };
            metric.ExponentialHistogram.DataPoints.AddRange(Items(exponential, "dataPoints").Select(ExponentialDataPoint));
        }

        return metric;
    }

    private static NumberDataPoint NumberDataPoint(JsonElement json)
    {
        var point = new NumberDataPoint { StartTimeUnixNano = Nanos(json, "startTimeUnixNano"), TimeUnixNano = Nanos(json, "timeUnixNano"), Flags = (uint)Small(json, "flags") };
        if (json.TryGetProperty("asInt", out var whole))
        {
            point.AsInt = Integer<long>(whole, "asInt");
        }
        else if (json.TryGetProperty("asDouble", out var real))
        {
            point.AsDouble = Double(real, "asDouble");
        }

        Attributes(json, point.Attributes);
        return point;
    }

    private static HistogramDataPoint HistogramDataPoint(JsonElement json)
    {
        var point = new HistogramDataPoint
        {
            StartTimeUnixNano = Nanos(json, "startTimeUnixNano"),
            TimeUnixNano = Nanos(json, "timeUnixNano"),
            Count = Count(json, "count"),
            Flags = (uint)Small(json, "flags"),
        };
        point.BucketCounts.AddRange(Numbers(json, "bucketCounts", item => Integer<ulong>(item, "bucketCounts")));
        point.ExplicitBounds.AddRange(Numbers(json, "explicitBounds", item => Double(item, "explicitBounds")));
        Attributes(json, point.Attributes);
        return point;
    }

    private static ExponentialHistogramDataPoint ExponentialDataPoint(JsonElement json)
    {
        var point = new ExponentialHistogramDataPoint
        {
            StartTimeUnixNano = Nanos(json, "startTimeUnixNano"),
            TimeUnixNano = Nanos(json, "timeUnixNano"),
            Count = Count(json, "count"),
            Scale = Small(json, "scale"),
            ZeroCount = Count(json, "zeroCount"),
            ZeroThreshold = json.TryGetProperty("zeroThreshold", out var threshold) && threshold.ValueKind != JsonValueKind.Null ? Double(threshold, "zeroThreshold") : 0,
            Flags = (uint)Small(json, "flags"),
            Positive = Buckets(json, "positive"),
            Negative = Buckets(json, "negative"),
        };
        Attributes(json, point.Attributes);
        return point;
    }

    private static ExponentialHistogramDataPoint.Types.Buckets? Buckets(JsonElement parent, string name)
    {
        if (Member(parent, name, JsonValueKind.Object) is not { } json)
        {
            return null;
        }

        var buckets = new ExponentialHistogramDataPoint.Types.Buckets { Offset = Small(json, "offset") };
        buckets.BucketCounts.AddRange(Numbers(json, "bucketCounts", item => Integer<ulong>(item, "bucketCounts")));
        return buckets;
    }
}
