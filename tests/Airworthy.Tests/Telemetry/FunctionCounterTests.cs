using Airworthy.Telemetry;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;
using Google.Protobuf;
using Xunit;
using static Airworthy.Tests.Telemetry.OtlpRequests;

namespace Airworthy.Tests.Telemetry;

/// <summary>What is read of the counters that probes keep.</summary>
public class FunctionCounterTests
{
    private const string Calls = "airworthy.function.calls";
    private const string Failures = "airworthy.function.failures";

    private static readonly (string, object)[] s_place =
        [("code.function.name", "Shop.Orders.Place"), ("code.file.path", "src/Orders.cs"), ("code.line.number", 12), ("vcs.ref.head.revision", "abc")];

    [Fact]
    public void A_running_total_is_kept_with_its_place_revision_and_minute()
    {
        var total = Assert.Single(Reduce(Counter(Calls, AggregationTemporality.Cumulative, Point(42, s_place))).Totals);

        Assert.Equal((42, CountedThing.Calls), (total.Value, total.Counts));
        Assert.Equal(new ObservedLocation("Shop.Orders.Place", "src/Orders.cs", 12, null), total.Key.Location);
        Assert.Equal(("abc", "1.2.0"), (total.Key.Version.HeadRevision, total.Key.Version.ServiceVersion));
        Assert.Equal(("probe", "all", Received.Minute), (total.Key.Source, total.Key.Sampling, total.Key.Minute.Minute));
    }

    [Fact]
    public void A_lambda_is_counted_apart_from_the_function_it_stands_in()
    {
        var totals = Reduce(Counter(
            Calls, AggregationTemporality.Cumulative, Point(1, s_place), Point(40, [.. s_place, ("airworthy.function.part", "lambda")]))).Totals;
        Assert.Equal([null, "lambda"], totals.Select(t => t.Key.Location.Operation));
        Assert.Equal(2, totals.Select(t => t.Key).Distinct().Count());
    }

    [Fact]
    public void Failures_and_calls_of_one_place_come_under_one_key_as_two_series()
    {
        var totals = Reduce(
            Counter(Calls, AggregationTemporality.Cumulative, Point(42, s_place)),
            Counter(Failures, AggregationTemporality.Cumulative, Point(2, s_place))).Totals;

        Assert.Equal([(42L, CountedThing.Calls), (2L, CountedThing.Failures)], totals.Select(t => (t.Value, t.Counts)));
        Assert.Single(totals.Select(t => t.Key).Distinct());
        Assert.Equal(2, totals.Select(t => t.Series).Distinct().Count());
    }

    [Fact]
    public void A_counter_that_began_again_is_another_series_and_one_read_again_the_same()
    {
        var again = Point(3, s_place);
        again.StartTimeUnixNano += 1_000_000_000;
        var later = Point(50, s_place);
        later.TimeUnixNano += 500_000_000;

        var series = Reduce(Counter(Calls, AggregationTemporality.Cumulative, Point(42, s_place), again, later)).Totals.Select(t => t.Series).ToList();
        Assert.NotEqual(series[0], series[1]);
        Assert.Equal(series[0], series[2]);
    }

    [Fact]
    public void Two_instances_have_two_series()
    {
        var metric = Counter(Calls, AggregationTemporality.Cumulative, Point(42, s_place));
        var series = new[] { "one", "two" }
            .Select(id => new Reducer(Received).Reduce(Metrics(Resource(("service.instance.id", id)), metric)).Totals.Single().Series);
        Assert.Equal(2, series.Distinct().Count());
    }

    [Fact]
    public void Which_statements_ran_is_read_from_bits_beside_their_lines()
    {
        var reduced = Reduce(Flags(0b101, "12 13 15"));
        var flags = Assert.Single(reduced.Statements);
        Assert.Equal([new StatementRun(12, true), new StatementRun(13, false), new StatementRun(15, true)], flags.Statements());
        Assert.Equal(("probe", "Shop.Orders.Place"), (flags.Key.Source, flags.Key.Location.Function));
        Assert.Equal(0, reduced.Rejected);
    }

    [Theory]
    [InlineData(0b1000, "12 13 15")]
    [InlineData(1, "")]
    [InlineData(1, "12  13")]
    [InlineData(1, "0")]
    [InlineData(1, "-4")]
    [InlineData(1, "99999999999")]
    [InlineData(-1, "12")]
    [InlineData(1, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64")]
    public void Bits_without_their_lines_are_rejected(long ran, string lines)
    {
        var reduced = Reduce(Flags(ran, lines));
        Assert.Empty(reduced.Statements);
        Assert.Equal(1, reduced.Rejected);
    }

    private static Metric Flags(long ran, string lines) => new()
    {
        Name = ByteString.CopyFromUtf8("airworthy.statements.ran"),
        Gauge = new Gauge { DataPoints = { Point(ran, [.. s_place, ("airworthy.statement.lines", lines)]) } },
    };

    [Fact]
    public void A_delta_is_counted_as_it_comes()
    {
        var reduced = Reduce(
            Counter(Calls, AggregationTemporality.Delta, Point(5, s_place), Point(6, s_place)),
            Counter(Failures, AggregationTemporality.Delta, Point(1, s_place)));
        var observation = Assert.Single(reduced.Observations);
        Assert.Equal((11, 1), (observation.Calls, observation.Bad));
        Assert.Empty(reduced.Totals);
    }

    [Fact]
    public void Other_metrics_and_what_is_no_counter_are_not_kept()
    {
        var upDown = Counter(Calls, AggregationTemporality.Cumulative, Point(42, s_place));
        upDown.Sum.IsMonotonic = false;
        var reduced = Reduce(upDown, Counter("http.server.requests", AggregationTemporality.Cumulative, Point(1, s_place)), new Metric());
        Assert.True(reduced.IsEmpty);
        Assert.Equal((3, 0), (reduced.Items, reduced.Rejected));
    }

    [Fact]
    public void A_point_without_a_place_or_with_no_count_is_rejected_and_said()
    {
        var nothing = Point(0, s_place);
        nothing.ClearValue();
        var nan = Point(0, s_place);
        nan.AsDouble = double.NaN;
        var reduced = Reduce(Counter(Calls, AggregationTemporality.Cumulative, Point(1), Point(-1, s_place), nothing, nan, Point(7, s_place)));
        Assert.Equal(7, Assert.Single(reduced.Totals).Value);
        Assert.Equal(4, reduced.Rejected);
        Assert.Contains("4 data points", reduced.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void More_places_than_a_request_may_name_are_rejected()
    {
        var points = Enumerable.Range(0, Reducer.MaxKeys + 5).Select(i => Point(1, ("code.function.name", $"F{i}"))).ToArray();
        var reduced = Reduce(Counter(Calls, AggregationTemporality.Cumulative, points));
        Assert.Equal((Reducer.MaxKeys, 5), (reduced.Totals.Length, reduced.Rejected));
    }

    private static Reduced Reduce(params Metric[] metrics) =>
        new Reducer(Received).Reduce(Metrics(Resource(("service.version", "1.2.0"), ("service.instance.id", "one")), metrics));
}
