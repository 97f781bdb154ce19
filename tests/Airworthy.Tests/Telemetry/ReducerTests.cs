using Airworthy.Model;
using Airworthy.Telemetry;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;
using Google.Protobuf;
using Xunit;
using static Airworthy.Telemetry.Protos.Span.Types;
using static Airworthy.Telemetry.Protos.Status.Types;
using static Airworthy.Tests.Telemetry.OtlpRequests;

namespace Airworthy.Tests.Telemetry;

public class ReducerTests
{
    [Fact]
    public void Spans_of_one_place_and_minute_are_one_count()
    {
        var reduced = Reduce(
            Span(SpanKind.Server, "GET", ("http.request.method", "GET"), ("http.route", "/orders/{id}")),
            Span(SpanKind.Server, "GET", ("http.request.method", "GET"), ("http.route", "/orders/{id}")).With(StatusCode.Error));

        var observation = Assert.Single(reduced.Observations);
        Assert.Equal(new ObservedLocation(null, null, null, "GET /orders/{id}"), observation.Key.Location);
        Assert.Equal((2, 1), (observation.Calls, observation.Bad));
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero), observation.Key.Minute);
        Assert.Equal(("shop", "span", "unknown"), (observation.Key.Service, observation.Key.Source, observation.Key.Sampling));
    }

    [Fact]
    public void A_call_belongs_to_the_minute_it_ended_in()
    {
        var over = Span(SpanKind.Server, "work");
        over.StartTimeUnixNano = Nanos(Received.AddMinutes(-3));
        over.EndTimeUnixNano = Nanos(Received.AddMinutes(-1));
        Assert.Equal(59, Assert.Single(Reduce(over).Observations).Key.Minute.Minute);
    }

    [Theory]
    [InlineData("code.function.name", "Shop.Orders.Place", "code.file.path", "code.line.number")]
    [InlineData("code.function", "Place", "code.filepath", "code.lineno")]
    public void Code_is_read_under_its_stable_and_its_older_names(string function, string name, string file, string line)
    {
        var observation = Assert.Single(Reduce(Span(
            SpanKind.Internal, "place", (function, name), ("code.namespace", "Shop.Orders"), (file, "src/Orders.cs"), (line, 12))).Observations);
        Assert.Equal(new ObservedLocation("Shop.Orders.Place", "src/Orders.cs", 12, null), observation.Key.Location);
    }

    [Theory]
    [InlineData(nameof(SpanKind.Server), true)]
    [InlineData(nameof(SpanKind.Consumer), true)]
    [InlineData(nameof(SpanKind.Internal), false)]
    [InlineData(nameof(SpanKind.Client), false)]
    [InlineData(nameof(SpanKind.Producer), false)]
    [InlineData(nameof(SpanKind.Unspecified), false)]
    public void Only_the_entry_of_a_service_counts_without_code(string kind, bool counts) =>
        Assert.Equal(counts, Reduce(Span(Enum.Parse<SpanKind>(kind), "work")).Observations.Count == 1);

    [Fact]
    public void A_failure_is_told_by_status_then_by_exception_or_answer()
    {
        Assert.Equal(1, Bad(Span(SpanKind.Server, "s").With(StatusCode.Error)));
        Assert.Equal(0, Bad(Span(SpanKind.Server, "s")));
        Assert.Equal(1, Bad(Span(SpanKind.Server, "s").With(Exception())));
        Assert.Equal(0, Bad(Span(SpanKind.Server, "s").With(Exception()).With(StatusCode.Ok)));
        Assert.Equal(1, Bad(Span(SpanKind.Server, "s", ("http.response.status_code", 503))));
        Assert.Equal(1, Bad(Span(SpanKind.Server, "s", ("http.status_code", 500))));
        Assert.Equal(0, Bad(Span(SpanKind.Server, "s", ("http.response.status_code", 404))));
    }

    [Theory]
    [InlineData("", "unknown")]
    [InlineData("ot=th:0", "all")]
    [InlineData("ot=th:000", "all")]
    [InlineData("ot=th:8", "th:8")]
    [InlineData("vendor=1, ot=rv:abcdefabcdefab;th:c80;x:y", "th:c8")]
    [InlineData("ot=th:", "unknown")]
    [InlineData("ot=th:xyz", "unknown")]
    [InlineData("ot=th:123456789abcdef", "unknown")]
    [InlineData("other=th:8", "unknown")]
    public void Sampling_is_the_threshold_of_the_trace_state(string state, string sampling)
    {
        var span = Span(SpanKind.Server, "s");
        span.TraceState = ByteString.CopyFromUtf8(state);
        var reduced = Reduce(span);
        Assert.Equal(sampling, reduced.Observations[0].Key.Sampling);
        Assert.Equal(sampling == "unknown" ? 1 : 0, reduced.Arrivals[0].UnknownSampling);
    }

    [Fact]
    public void Versions_are_kept_as_sent_under_new_and_old_names()
    {
        var reduced = Reducer().Reduce(Traces(
            Resource(
                ("vcs.ref.head.revision", "main"),
                ("git.commit.sha", "abc"),
                ("sentry.release", "shop@1+abc"),
                ("service.version", 3),
                ("vcs.repository.url.full", "https://example.org/shop"),
                ("deployment.environment", "staging"),
                ("service.instance.id", "i1")),
            Span(SpanKind.Server, "s")));
        var key = reduced.Observations[0].Key;
        Assert.Equal(new ReportedVersion("main", "abc", "shop@1+abc", "3", "https://example.org/shop"), key.Version);
        Assert.Equal("staging", key.Environment);
        Assert.Equal(["i1"], reduced.Observations[0].Instances.Select(one => one.Instance));

        var older = Reducer().Reduce(Traces(Resource(("vcs.repository.ref.revision", "abc"), ("deployment.environment.name", "p")), Span(SpanKind.Server, "s")));
        Assert.Equal("abc", older.Observations[0].Key.Version.HeadRevision);
        Assert.Equal("p", older.Observations[0].Key.Environment);
        Assert.Equal("unknown_service", Assert.Single(Reducer().Reduce(Traces(null, Span(SpanKind.Server, "s"))).Arrivals).Service);
    }

    [Fact]
    public void What_each_instance_did_is_told_once_however_a_collector_mixes_them()
    {
        var request = new ExportTraceServiceRequest();
        foreach (var (instance, isBad) in new[] { ("i2", false), ("i1", true), ("i2", true), ("i2", false) })
        {
            request.ResourceSpans.AddRange(Traces(Resource(("service.instance.id", instance)), Span(SpanKind.Server, "s", ("http.response.status_code", isBad ? 500 : 200))).ResourceSpans);
        }

        var observation = Assert.Single(Reducer().Reduce(request).Observations);

        Assert.Equal((4, 2), (observation.Calls, observation.Bad));
        Assert.Equal([new InstanceCount("i1", 1, 1), new InstanceCount("i2", 3, 1)], observation.Instances);
    }

    [Fact]
    public void Feature_flags_are_read_from_the_span_and_its_events()
    {
        Assert.Equal(
            "checkout=b",
            Reduce(Span(SpanKind.Server, "s", ("feature_flag.key", "checkout"), ("feature_flag.result.variant", "b"))).Observations[0].Key.FlagVariant);
        Assert.Equal(
            "a=on,b=off",
            Reduce(Span(SpanKind.Server, "s").With(
                Event("feature_flag", ("feature_flag.key", "b"), ("feature_flag.variant", "off")),
                Event("feature_flag.evaluation", ("feature_flag.key", "a"), ("feature_flag.result.variant", "on")))).Observations[0].Key.FlagVariant);
    }

    [Fact]
    public void An_exception_repeated_in_the_request_is_one_sighting()
    {
        var reduced = Reduce(Span(SpanKind.Server, "s").With(Exception(), Exception(), Exception(message: "another")));
        Assert.Equal(["not a number", "another"], reduced.Exceptions.Select(e => e.Message));
        Assert.Equal("0102030405060708090a0b0c0d0e0f10", reduced.Exceptions[0].TraceId);
        Assert.Equal("0102030405060708", reduced.Exceptions[0].SpanId);
        Assert.Equal(3, Assert.Single(reduced.Arrivals).Exceptions);
    }

    [Fact]
    public void An_exception_is_known_by_what_it_carries_whatever_the_event_is_called() =>
        Assert.Single(Reduce(Span(SpanKind.Server, "s").With(Event("http.server.request.exception", ("exception.type", "E")))).Exceptions);

    [Fact]
    public void Log_records_give_exceptions_unless_they_only_debug()
    {
        var debug = Log(("exception.type", "E"));
        debug.SeverityNumber = 5;
        var untold = Log(("exception.type", "F"));
        untold.SeverityNumber = 0;
        untold.TraceId = ByteString.Empty;
        var reduced = Reducer().Reduce(Logs(Resource(), Log(("exception.type", "D"), ("exception.message", "m")), debug, untold, Log(("other", 1))));

        Assert.Equal(["D", "F"], reduced.Exceptions.Select(e => e.Type));
        Assert.All(reduced.Exceptions, e => Assert.Equal("log", e.Signal));
        Assert.Null(reduced.Exceptions[1].TraceId);
        Assert.Null(reduced.Exceptions[1].SpanId);
        Assert.Equal((4, 2), (reduced.Arrivals[0].Logs, reduced.Arrivals[0].Exceptions));
    }

    [Fact]
    public void Exceptions_outside_a_trace_are_one_only_when_they_are_the_same_report()
    {
        LogRecord Outside(int second)
        {
            var record = Log(("exception.type", "E"), ("exception.message", "m"));
            record.TraceId = record.SpanId = ByteString.Empty;
            record.TimeUnixNano = Nanos(Received.AddSeconds(-second));
            return record;
        }

        Assert.Equal(2, Reducer().Reduce(Logs(Resource(), Outside(1), Outside(1), Outside(2))).Exceptions.Length);
    }

    [Fact]
    public void Long_and_broken_text_is_cut_and_mended()
    {
        byte[] broken = [(byte)'a', 0xFF, 0, .. "é"u8];
        var reduced = Reduce(Span(SpanKind.Server, new string('n', 600)).With(Event(
            "exception",
            ("exception.type", broken),
            ("exception.message", "é" + new string('€', 5000)),
            ("exception.stacktrace", new string('x', 70_000)))));
        var sighting = Assert.Single(reduced.Exceptions);
        Assert.Equal("a\uFFFD\uFFFDé", sighting.Type);
        Assert.Equal("é" + new string('€', (4096 - 2) / 3), sighting.Message);
        Assert.Equal(65536, sighting.StackTrace!.Length);
        Assert.Equal(512, reduced.Observations[0].Key.Location.Operation!.Length);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(9_000_000_000_000_000_000UL)]
    public void A_time_that_cannot_be_true_becomes_the_arrival_and_is_counted(ulong nanos)
    {
        var span = Span(SpanKind.Server, "s");
        span.EndTimeUnixNano = nanos;
        var reduced = Reduce(span);
        Assert.Equal(EventClock.Minute(Received), reduced.Observations[0].Key.Minute);
        Assert.Equal(1, reduced.TimesReplaced);
    }

    [Fact]
    public void Values_of_odd_types_are_read_or_passed_over()
    {
        var location = Reduce(Span(
            SpanKind.Internal, "s", ("code.function.name", double.NaN), ("code.line.number", "14"))).Observations[0].Key.Location;
        Assert.Equal(("NaN", 14), (location.Function, location.Line));
        Assert.Null(Reduce(Span(SpanKind.Internal, "s", ("code.function.name", "F"), ("code.line.number", -3))).Observations[0].Key.Location.Line);
        Assert.Null(Reduce(Span(SpanKind.Internal, "s", ("code.function.name", "F"), ("code.line.number", long.MaxValue))).Observations[0].Key.Location.Line);
        var wrongId = Span(SpanKind.Server, "s").With(Exception());
        wrongId.TraceId = ByteString.CopyFrom(1, 2, 3);
        Assert.Null(Reduce(wrongId).Exceptions[0].TraceId);
    }

    [Fact]
    public void A_request_of_too_many_places_is_taken_in_part_and_the_sender_told()
    {
        var reduced = Reduce([.. Enumerable.Range(0, Airworthy.Telemetry.Reduction.Reducer.MaxKeys + 3).Select(i => Span(SpanKind.Server, $"s{i}"))]);
        Assert.Equal(Airworthy.Telemetry.Reduction.Reducer.MaxKeys, reduced.Observations.Count);
        Assert.Equal(3, reduced.Rejected);
        Assert.Contains("3 spans not counted", reduced.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_of_too_many_exceptions_is_taken_in_part_and_the_sender_told()
    {
        var max = Airworthy.Telemetry.Reduction.Reducer.MaxExceptions;
        var reduced = Reduce(Span(SpanKind.Server, "s").With([.. Enumerable.Range(0, max + 2).Select(i => Exception(message: $"{i}")), Exception(message: "0")]));
        Assert.Equal(max, reduced.Exceptions.Length);
        Assert.Contains("2 exceptions not kept", reduced.Warning, StringComparison.Ordinal);
    }

    private static Reducer Reducer() => new(Received);

    private static Reduced Reduce(params Span[] spans) => Reducer().Reduce(Traces(Resource(), spans));

    private static long Bad(Span span) => Assert.Single(Reduce(span).Observations).Bad;
}
