using System.Text;
using System.Text.Json;
using Airworthy.Model;
using Airworthy.Storage;
using Airworthy.Telemetry.Otlp;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Protos.Rpc;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Airworthy.Tests.Telemetry.OtlpRequests;

namespace Airworthy.Tests.Telemetry;

public class OtlpReceiverTests
{
    private static readonly byte[] s_traces = Traces(
        Resource(("service.version", "1.2.0")),
        Span(Airworthy.Telemetry.Protos.Span.Types.SpanKind.Server, "GET /", ("code.function.name", "Shop.Place")).With(Exception())).ToByteArray();

    private static readonly byte[] s_logs = Logs(Resource(), Log(("exception.type", "E"), ("exception.message", "m"))).ToByteArray();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OtlpSignal.Traces, "otlp.trace.json")]
    [InlineData(OtlpSignal.Logs, "otlp.logs.json")]
    [InlineData(OtlpSignal.Logs, "otlp.events.json")]
    [InlineData(OtlpSignal.Metrics, "otlp.metrics.json")]
    public async Task The_examples_of_the_specification_are_taken(OtlpSignal signal, string example)
    {
        var store = new RecordingStore();
        var body = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Telemetry", "Payloads", example), Cancel);
        var answer = await Receiver(store).ReceiveAsync(signal, OtlpEncoding.Json, body, Cancel);

        Assert.True(answer.IsAccepted, answer.Message);
        Assert.Equal("{ }", Encoding.UTF8.GetString(answer.Body.Span));
        if (signal == OtlpSignal.Metrics)
        {
            Assert.Empty(store.Batches);
            return;
        }

        Assert.Equal("my.service", Assert.Single(Assert.Single(store.Batches).Arrivals).Service);
        if (signal == OtlpSignal.Traces)
        {
            Assert.Equal("I'm a server span", Assert.Single(store.Batches[0].Observations).Key.Location.Operation);
            Assert.Equal(new DateTimeOffset(2018, 12, 13, 14, 51, 0, TimeSpan.Zero), store.Batches[0].Observations[0].Key.Minute);
        }
    }

    [Fact]
    public async Task Counters_in_JSON_say_the_same_as_in_protobuf()
    {
        const string json = """
            {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
              "scopeMetrics":[{"scope":{"name":"Airworthy.Probes"},"metrics":[{"name":"airworthy.function.calls","sum":{"aggregationTemporality":2,"isMonotonic":true,
                "dataPoints":[{"startTimeUnixNano":"START","timeUnixNano":"TIME","asInt":"42","attributes":[{"key":"code.function.name","value":{"stringValue":"Shop.Place"}}]}]}}]}]}]}
            """;
        var point = Point(42, ("code.function.name", "Shop.Place"));
        var protobuf = Metrics(Resource(), Counter("airworthy.function.calls", AggregationTemporality.Cumulative, point)).ToByteArray();
        var body = Encoding.UTF8.GetBytes(json
            .Replace("START", point.StartTimeUnixNano.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("TIME", point.TimeUnixNano.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var (fromJson, fromProtobuf) = (new RecordingStore(), new RecordingStore());
        Assert.True((await Receiver(fromJson).ReceiveAsync(OtlpSignal.Metrics, OtlpEncoding.Json, body, Cancel)).IsAccepted);
        Assert.True((await Receiver(fromProtobuf).ReceiveAsync(OtlpSignal.Metrics, OtlpEncoding.Protobuf, protobuf, Cancel)).IsAccepted);

        var (left, right) = (Assert.Single(fromJson.Batches[0].Totals), Assert.Single(fromProtobuf.Batches[0].Totals));
        Assert.Equal((right.Key, right.Series, right.At, right.Value), (left.Key, left.Series, left.At, left.Value));
    }

    [Fact]
    public async Task JSON_says_the_same_as_protobuf()
    {
        const string json = """
            {"resourceSpans":[{"unknown":{"a":[1]},"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}},{"key":"service.version","value":{"stringValue":"1.2.0"}}]},
              "scopeSpans":[{"scope":{"name":"x"},"spans":[{"traceId":"0102030405060708090A0B0C0D0E0F10","spanId":"0102030405060708","name":"GET /","kind":2,
                "startTimeUnixNano":"START","endTimeUnixNano":"END","attributes":[{"key":"code.function.name","value":{"stringValue":"Shop.Place"}}],
                "events":[{"timeUnixNano":END,"name":"exception","attributes":[{"key":"exception.type","value":{"stringValue":"System.FormatException"}},
                  {"key":"exception.message","value":{"stringValue":"not a number"}},
                  {"key":"exception.stacktrace","value":{"stringValue":"System.FormatException: not a number\n   at Shop.Place()"}}]}]}]}]}]}
            """;
        var body = json.Replace("START", $"{Nanos(Received.AddSeconds(-2))}", StringComparison.Ordinal).Replace("END", $"{Nanos(Received.AddSeconds(-1))}", StringComparison.Ordinal);
        var store = new RecordingStore();
        Assert.True((await Receiver(store).ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Json, Encoding.UTF8.GetBytes(body), Cancel)).IsAccepted);
        Assert.True((await Receiver(store).ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Protobuf, s_traces, Cancel)).IsAccepted);

        Assert.Equivalent(store.Batches[1] with { Digest = "" }, store.Batches[0] with { Digest = "" }, strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"resourceSpans":{}}""")]
    [InlineData("""{"resourceSpans":[1]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"not hex"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"SPAN_KIND_SERVER"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"endTimeUnixNano":"yesterday"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":99999999999}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"\ud800scopeSpans":1}]}""")]
    public async Task JSON_that_is_no_OTLP_is_refused_in_JSON(string body)
    {
        var answer = await Receiver().ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Json, Encoding.UTF8.GetBytes(body), Cancel);
        Assert.Equal(OtlpCode.InvalidArgument, answer.Code);
        using var status = JsonDocument.Parse(answer.Body);
        Assert.Equal(3, status.RootElement.GetProperty("code").GetInt32());
        Assert.StartsWith("malformed OTLP traces request", status.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"resourceSpans":null}""")]
    [InlineData("""{"resourceSpans":[{"resource":null,"scopeSpans":[{"spans":[{"name":"\ud800","kind":2,"endTimeUnixNano":-5,"startTimeUnixNano":"99999999999999999999"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"a","value":{"doubleValue":"NaN"}},{"key":"b","value":{"doubleValue":"-Infinity"}},{"key":"c"},{"value":{}}]}]}]}]}""")]
    public async Task JSON_of_odd_values_is_taken(string body) => Assert.True(
        (await Receiver().ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Json, Encoding.UTF8.GetBytes(body), Cancel)).IsAccepted);

    [Fact]
    public async Task JSON_too_deep_for_the_stack_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"resourceSpans":[""", 100_000));
        Assert.Equal(
            OtlpCode.InvalidArgument, (await Receiver().ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Json, Encoding.UTF8.GetBytes(deep), Cancel)).Code);
    }

    [Fact]
    public async Task A_cut_message_is_refused_with_a_status_in_protobuf()
    {
        var answer = await Receiver().ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Protobuf, s_traces.AsMemory(0, s_traces.Length - 5), Cancel);
        Assert.Equal(OtlpCode.InvalidArgument, answer.Code);
        Assert.Equal(3, Airworthy.Telemetry.Protos.Rpc.Status.Parser.ParseFrom(answer.Body.Span).Code);
        Assert.Null(answer.RetryAfter);
    }

    [Fact]
    public async Task A_store_that_fails_asks_the_sender_to_come_again()
    {
        var receiver = Receiver(new RecordingStore(new StorageException(Fault.Unavailable, "the disk is full")));
        var answer = await receiver.ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Protobuf, s_traces, Cancel);
        Assert.Equal(OtlpCode.Unavailable, answer.Code);
        Assert.Equal(OtlpReceiver.StoreRetry, answer.RetryAfter);
        var status = Airworthy.Telemetry.Protos.Rpc.Status.Parser.ParseFrom(answer.Body.Span);
        Assert.Contains("the disk is full", status.Message, StringComparison.Ordinal);
        Assert.Equal(Duration.FromTimeSpan(OtlpReceiver.StoreRetry), Assert.Single(status.Details).Unpack<RetryInfo>().RetryDelay);

        var json = await Receiver(new RecordingStore(new StorageException(Fault.Unavailable, "x")))
            .ReceiveAsync(OtlpSignal.Logs, OtlpEncoding.Json, """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{}]}]}]}"""u8.ToArray(), Cancel);
        Assert.Contains("RetryInfo", Encoding.UTF8.GetString(json.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_bytes_have_the_same_digest_and_others_another()
    {
        var store = new RecordingStore();
        var receiver = Receiver(store);
        await receiver.ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Protobuf, s_traces, Cancel);
        await receiver.ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Protobuf, s_traces.ToArray(), Cancel);
        await receiver.ReceiveAsync(OtlpSignal.Logs, OtlpEncoding.Protobuf, s_logs, Cancel);
        Assert.Equal(store.Batches[0].Digest, store.Batches[1].Digest);
        Assert.NotEqual(store.Batches[0].Digest, store.Batches[2].Digest);
    }

    [Fact]
    public async Task What_is_taken_only_in_part_is_told_as_partial_success()
    {
        var many = Traces(Resource(), [.. Enumerable.Range(0, 10_004).Select(i => Span(Airworthy.Telemetry.Protos.Span.Types.SpanKind.Server, $"s{i}"))]).ToByteArray();
        var answer = await Receiver().ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Protobuf, many, Cancel);
        Assert.True(answer.IsAccepted);
        Assert.Equal(4, ExportTraceServiceResponse.Parser.ParseFrom(answer.Body.Span).PartialSuccess.RejectedSpans);
    }

    [Fact]
    public async Task No_request_however_mutated_gets_anything_but_an_answer()
    {
        var json = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Telemetry", "Payloads", "otlp.logs.json"), Cancel);
        byte[][] seeds = [s_traces, s_logs, json];
        var genMutation = Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte, Gen.Int[0, 3]);
        await Gen.Select(Gen.Int[0, 2].Select(i => seeds[i]), Gen.Enum<OtlpSignal>(), Gen.Enum<OtlpEncoding>(), genMutation.List[0, 20]).SampleAsync(
            async (seed, signal, encoding, mutations) =>
            {
                var bytes = seed.ToList();
                foreach (var (place, value, kind) in mutations)
                {
                    var at = place % (bytes.Count + 1);
                    switch (kind)
                    {
                        case 0:
                            bytes.Insert(at, value);
                            break;
                        case 1 when at < bytes.Count:
                            bytes.RemoveAt(at);
                            break;
                        case 2 when at < bytes.Count:
                            bytes[at] = value;
                            break;
                        default:
                            bytes.RemoveRange(at, Math.Min(value, bytes.Count - at));
                            break;
                    }
                }

                var answer = await Receiver().ReceiveAsync(signal, encoding, bytes.ToArray(), Cancel);
                Assert.True(answer.Code is OtlpCode.Ok or OtlpCode.InvalidArgument);
            },
            iter: 5_000);
    }

    private static OtlpReceiver Receiver(RecordingStore? store = null) => new(store ?? new RecordingStore(), new FakeTimeProvider(Received));
}
