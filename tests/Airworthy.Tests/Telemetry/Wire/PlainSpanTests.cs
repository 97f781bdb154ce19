using Airworthy.Telemetry.Otlp;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;
using Airworthy.Telemetry.Workflows;
using CsCheck;
using Google.Protobuf;
using Xunit;
using static Airworthy.Tests.Telemetry.OtlpRequests;

namespace Airworthy.Tests.Telemetry.Wire;

/// <summary>A span that is counted where it lies in the request counts as one that is read whole.</summary>
public sealed class PlainSpanTests
{
    private static readonly string[] s_keys =
    [
        "code.function.name", "code.function", "code.namespace", "code.file.path", "code.filepath", "code.line.number", "code.lineno", "http.route", "http.request.method",
        "http.method", "http.response.status_code", "http.status_code", "feature_flag.key", "feature_flag.result.variant", "feature_flag.variant", "url.path", "code.column", "f",
    ];

    private static readonly Gen<ByteString> s_texts = Gen.OneOf(
        Gen.OneOf("Shop.Orders.Place", "Place", "src/Orders.cs", "GET", "/orders/{id}", "dark", "7", "", "a\0b", "Ä").Select(ByteString.CopyFromUtf8),
        Gen.Byte.Array[1, 8].Select(bytes => ByteString.CopyFrom(bytes)),
        Gen.Int[200, 600].Select(length => ByteString.CopyFromUtf8(new string('x', length - 1) + "é")));

    private static readonly Gen<AnyValue?> s_values = Gen.Frequency(
        (12, s_texts.Select(text => (AnyValue?)new AnyValue { StringValue = text })),
        (6, Gen.OneOf(Gen.OneOf(0L, 1L, 12L, 200L, 404L, 500L, -1L), Gen.Long).Select(number => (AnyValue?)new AnyValue { IntValue = number })),
        (1, Gen.Bool.Select(flag => (AnyValue?)new AnyValue { BoolValue = flag })),
        (1, Gen.Double.Select(number => (AnyValue?)new AnyValue { DoubleValue = number })),
        (1, Gen.Const((AnyValue?)new AnyValue())),
        (1, Gen.Const((AnyValue?)null)));

    private static readonly Gen<KeyValue> s_attributes = Gen.Select(Gen.OneOf(s_keys), s_values, (key, value) => new KeyValue { Key = ByteString.CopyFromUtf8(key), Value = value });

    private static readonly Gen<Span> s_spans =
        from attributes in s_attributes.Array[0, 6]
        from kind in Gen.Int[0, 7]
        from name in s_texts
        from status in Gen.Int[-1, 4]
        from state in Gen.OneOf("", "ot=th:0", "ot=th:8", "a=b,ot=rv:1;th:c", "ot=th:zz")
        from trace in Gen.OneOf(Gen.Byte.Array[16], Gen.Const(new byte[16]), Gen.Byte.Array[3])
        from minute in Gen.Int[-2, 20]
        select Make(attributes, kind, name, status, state, trace, minute);

    internal static readonly Gen<ExportTraceServiceRequest> Requests = Gen.Select(
        Gen.OneOf("one", "two", "").Array[1, 3], s_spans.Array[0, 12], (instances, spans) =>
        {
            var request = new ExportTraceServiceRequest();
            foreach (var instance in instances)
            {
                request.ResourceSpans.AddRange(Traces(Resource(("service.name", "shop"), ("service.instance.id", instance)), [.. spans.Select(span => span.Clone())]).ResourceSpans);
            }

            return request;
        });

    [Fact]
    public void A_plain_span_counts_as_one_that_is_read_whole() => Requests.Sample(
        request =>
        {
            var plain = Told(Flooded().ReduceTraces(request.ToByteArray()));
            // An event that says nothing has a span read whole.
            foreach (var span in request.ResourceSpans.SelectMany(resource => resource.ScopeSpans).SelectMany(scope => scope.Spans))
            {
                span.Events.Add(new Span.Types.Event());
            }

            Assert.Equal(Told(Flooded().ReduceTraces(request.ToByteArray())), plain);
        },
        iter: 3000);

    [Fact]
    public void What_the_generated_parser_takes_is_taken_and_tells_the_same() => Gen.Select(Requests, Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[1, 4]).Sample(
        (request, changes) =>
        {
            var bytes = request.ToByteArray();
            foreach (var (at, value) in changes)
            {
                if (bytes.Length > 0)
                {
                    bytes[at % bytes.Length] = value;
                }
            }

            ExportTraceServiceRequest? parsed = null;
            try
            {
                parsed = ExportTraceServiceRequest.Parser.ParseFrom(bytes);
            }
            catch (InvalidProtocolBufferException)
            {
            }

            if (parsed is not null)
            {
                Assert.Equal(Told(Flooded().Reduce(parsed)), Told(Flooded().ReduceTraces(bytes)));
                return;
            }

            try
            {
                // Broken within what is not read, it may be taken; else it is refused as such.
                _ = Flooded().ReduceTraces(bytes);
            }
            catch (Exception refused) when (refused is OtlpFormatException or InvalidProtocolBufferException)
            {
            }
        },
        iter: 5000);

    [Theory]
    [InlineData(new byte[] { 0x0A })]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    [InlineData(new byte[] { 0x00, 0x00 })]
    [InlineData(new byte[] { 0x0C })]
    [InlineData(new byte[] { 0x13 })]
    [InlineData(new byte[] { 0x17, 0x01 })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80 })]
    public void What_is_no_message_is_refused(byte[] bytes) => Assert.Throws<OtlpFormatException>(() => Flooded().ReduceTraces(bytes));

    [Fact]
    public void Names_that_never_came_before_do_not_pile_up()
    {
        // More names than are kept from one request to the next.
        for (var request = 0; request < 4; request++)
        {
            var spans = Enumerable.Range(0, 20_000).Select(i => Span(Airworthy.Telemetry.Protos.Span.Types.SpanKind.Server, $"{request} {i}")).ToArray();
            var reduced = Flooded().ReduceTraces(Traces(Resource(), spans).ToByteArray());
            Assert.Equal(Reducer.MaxKeys, reduced.Observations.Count);
            Assert.Equal(20_000 - Reducer.MaxKeys, reduced.Rejected);
        }
    }

    /// <summary>A reducer behind a flood: next to no trace is chosen to be read whole.</summary>
    private static Reducer Flooded()
    {
        var choice = new TraceChoice(TimeProvider.System);
        choice.Next(int.MaxValue);
        return new Reducer(Received, choice);
    }

    private static Span Make(KeyValue[] attributes, int kind, ByteString name, int status, string state, byte[] trace, int minute)
    {
        var span = new Span
        {
            Name = name,
            Kind = (Span.Types.SpanKind)kind,
            TraceState = ByteString.CopyFromUtf8(state),
            TraceId = ByteString.CopyFrom(trace),
            EndTimeUnixNano = minute < 0 ? 0 : Nanos(Received.AddMinutes(-minute)),
        };
        span.Attributes.AddRange(attributes);
        if (status >= 0)
        {
            span.Status = new Status { Code = (Status.Types.StatusCode)status };
        }

        return span;
    }

    internal static string Told(Reduced reduced) => string.Join('\n',
    [
        $"{reduced.Items} items, {reduced.Rejected} rejected, {reduced.TimesReplaced} times replaced, {reduced.Exceptions.Length} exceptions, {reduced.Traces.Traces.Length} traces",
        .. reduced.Observations
            .Select(one => $"{one.Key} {one.Calls} {one.Bad} {string.Join(' ', one.Instances)}").Order(StringComparer.Ordinal),
        .. reduced.Arrivals.Select(one => one.ToString()).Order(StringComparer.Ordinal),
        .. reduced.Traces.SpansLeftOut.Select(one => $"left out {one}"),
    ]);
}
