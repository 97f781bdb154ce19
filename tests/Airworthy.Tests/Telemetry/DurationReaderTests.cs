using Airworthy.Telemetry.Durations;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;
using CsCheck;
using Google.Protobuf;
using Xunit;
using static Airworthy.Tests.Telemetry.OtlpRequests;

namespace Airworthy.Tests.Telemetry;

/// <summary>What is read of histograms.</summary>
public class DurationReaderTests
{
    private const long Second = 1_000_000_000;

    private static readonly (string, object)[] s_place = [("code.function.name", "Shop.Orders.Place"), ("code.file.path", "src/Orders.cs")];

    [Fact]
    public void Explicit_bounds_become_intervals_under_the_functions_key()
    {
        var reduced = Reduce(Functions(AggregationTemporality.Delta, Explicit([0.1, 0.5], [3, 0, 2], s_place)));

        var timed = Assert.Single(reduced.Durations);
        Assert.Equal([new DurationBucket(-1, Second / 10, 3), new DurationBucket(Second / 2, long.MaxValue, 2)], timed.Durations.Buckets);
        Assert.Equal(("probe", "Shop.Orders.Place"), (timed.Key.Source, timed.Key.Location.Function));
        // One call in 64 is timed: they are not the calls that were made.
        Assert.Empty(reduced.Observations);
    }

    [Fact]
    public void A_servers_requests_are_calls_of_its_route_and_those_answered_by_5xx_are_bad()
    {
        var reduced = Reduce(
            Requests(AggregationTemporality.Delta, Explicit([0.1], [9, 1], ("http.route", "/orders"), ("http.request.method", "GET"), ("http.response.status_code", 200))),
            Requests(AggregationTemporality.Delta, Explicit([0.1], [0, 2], ("http.route", "/orders"), ("http.request.method", "GET"), ("http.response.status_code", 503))));

        var observation = Assert.Single(reduced.Observations);
        Assert.Equal((12, 2, "metric", "all", "GET /orders"), (observation.Calls, observation.Bad, observation.Key.Source, observation.Key.Sampling, observation.Key.Location.Operation));
        Assert.Equal(12, Assert.Single(reduced.Durations).Durations.Calls);
    }

    [Fact]
    public void A_running_histogram_is_kept_as_it_stands()
    {
        var running = Assert.Single(Reduce(Requests(AggregationTemporality.Cumulative, Explicit([0.1], [9, 1], ("http.route", "/orders"), ("error.type", "timeout")))).RunningDurations);
        Assert.Equal((10, true, true), (running.Durations.Calls, running.CountsCalls, running.IsBad));
    }

    [Fact]
    public void An_exponential_histogram_finer_than_is_kept_is_merged_to_the_same_intervals()
    {
        var coarse = Reduce(Functions(AggregationTemporality.Delta, Exponential(3, 0, [0, 5], s_place))).Durations[0].Durations;
        var fine = Reduce(Functions(AggregationTemporality.Delta, Exponential(5, 4, [1, 1, 1, 2], s_place))).Durations[0].Durations;

        Assert.Equal(coarse.Buckets, fine.Buckets);
        var bucket = Assert.Single(fine.Buckets);
        Assert.Equal(Second * Math.Pow(2, 1 / 8.0), bucket.Above, 1.0);
        Assert.Equal(Second * Math.Pow(2, 2 / 8.0), bucket.UpTo, 1.0);
    }

    [Theory]
    [InlineData(new[] { 0.1, 0.1 }, new ulong[] { 1, 1, 1 })]
    [InlineData(new[] { double.NaN }, new ulong[] { 1, 1 })]
    [InlineData(new[] { 0.1 }, new ulong[] { 1 })]
    [InlineData(new[] { 0.1 }, new ulong[] { 1, ulong.MaxValue })]
    public void What_is_no_histogram_is_rejected_and_said(double[] bounds, ulong[] counts)
    {
        var reduced = Reduce(Functions(AggregationTemporality.Delta, Explicit(bounds, counts, s_place)));
        Assert.Empty(reduced.Durations);
        Assert.Equal(1, reduced.Rejected);
        Assert.Contains("no count that can be", reduced.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_histogram_holds_it_is_read_or_rejected_and_intervals_are_in_order()
    {
        var point = Gen.Select(Gen.Int, Gen.Int, Gen.ULong[0, 9].Array[0, 40], Gen.ULong, Gen.Double).Select((scale, offset, counts, zero, threshold) =>
        {
            var p = Exponential(scale % 25, offset, counts, s_place);
            (p.ZeroCount, p.ZeroThreshold) = (zero % 100, threshold);
            return p;
        });
        Gen.Select(point, Gen.Double.Array[0, 20], Gen.ULong[0, 9].Array[0, 21]).Sample((exponential, bounds, counts) =>
        {
            var reduced = Reduce(
                Functions(AggregationTemporality.Delta, exponential),
                Functions(AggregationTemporality.Cumulative, Explicit(bounds, counts, s_place)));
            foreach (var buckets in reduced.Durations.Select(d => d.Durations.Buckets).Concat(reduced.RunningDurations.Select(d => d.Durations.Buckets)))
            {
                Assert.All(buckets, bucket => Assert.True(bucket.Above < bucket.UpTo && bucket.Calls > 0));
            }
        });
    }

    [Fact]
    public void What_exceeds_a_threshold_within_an_interval_is_not_known()
    {
        var histogram = DurationHistogram.Of([new DurationBucket(-1, 10, 5), new DurationBucket(10, 20, 3), new DurationBucket(20, 40, 2)]);
        Assert.Equal((5, 5), histogram.Exceeding(10));
        Assert.Equal((2, 5), histogram.Exceeding(15));
        Assert.Equal((10L, 40L), (histogram.Quantile(0.5), histogram.Quantile(0.99)));
        Assert.Null(DurationHistogram.Of([new DurationBucket(-1, long.MaxValue, 1)]).Quantile(0.5));
    }

    [Fact]
    public void What_a_running_histogram_grew_by_is_found_also_after_its_intervals_widened_and_one_that_fell_began_anew()
    {
        var before = DurationHistogram.Of([new DurationBucket(0, 10, 2), new DurationBucket(10, 20, 1)]);
        var wider = DurationHistogram.Of([new DurationBucket(0, 20, 7)]);
        Assert.Equal([new DurationBucket(0, 20, 4)], wider.Since(before).Buckets);
        Assert.Equal([new DurationBucket(0, 10, 1)], DurationHistogram.Of([new DurationBucket(0, 10, 3), new DurationBucket(10, 20, 1)]).Since(before).Buckets);
        var anew = DurationHistogram.Of([new DurationBucket(0, 10, 1), new DurationBucket(10, 20, 9)]);
        Assert.Equal(anew.Buckets, anew.Since(before).Buckets);
    }

    private static HistogramDataPoint Explicit(double[] bounds, ulong[] counts, params (string Key, object Value)[] attributes)
    {
        var point = new HistogramDataPoint { StartTimeUnixNano = Nanos(Received.AddHours(-1)), TimeUnixNano = Nanos(Received.AddSeconds(-1)) };
        point.ExplicitBounds.AddRange(bounds);
        point.BucketCounts.AddRange(counts);
        point.Attributes.AddRange(Point(0, attributes).Attributes);
        return point;
    }

    private static ExponentialHistogramDataPoint Exponential(int scale, int offset, ulong[] counts, params (string Key, object Value)[] attributes)
    {
        var point = new ExponentialHistogramDataPoint
        {
            Scale = scale,
            TimeUnixNano = Nanos(Received.AddSeconds(-1)),
            Positive = new ExponentialHistogramDataPoint.Types.Buckets { Offset = offset },
        };
        point.Positive.BucketCounts.AddRange(counts);
        point.Attributes.AddRange(Point(0, attributes).Attributes);
        return point;
    }

    private static Metric Functions(AggregationTemporality temporality, HistogramDataPoint point) => new()
    {
        Name = ByteString.CopyFromUtf8("airworthy.function.duration"),
        Unit = ByteString.CopyFromUtf8("s"),
        Histogram = new Histogram { AggregationTemporality = temporality, DataPoints = { point } },
    };

    private static Metric Functions(AggregationTemporality temporality, ExponentialHistogramDataPoint point) => new()
    {
        Name = ByteString.CopyFromUtf8("airworthy.function.duration"),
        Unit = ByteString.CopyFromUtf8("s"),
        ExponentialHistogram = new ExponentialHistogram { AggregationTemporality = temporality, DataPoints = { point } },
    };

    private static Metric Requests(AggregationTemporality temporality, HistogramDataPoint point) =>
        new(Functions(temporality, point)) { Name = ByteString.CopyFromUtf8("http.server.request.duration") };

    private static Reduced Reduce(params Metric[] metrics) =>
        new Reducer(Received).Reduce(Metrics(Resource(("service.instance.id", "one")), metrics));
}
