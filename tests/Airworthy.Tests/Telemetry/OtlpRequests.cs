using Airworthy.Telemetry.Protos;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Airworthy.Tests.Telemetry;

/// <summary>Builds OTLP messages that read like what an SDK sends.</summary>
internal static class OtlpRequests
{
    public static readonly DateTimeOffset Received = new(2026, 5, 4, 12, 0, 30, TimeSpan.Zero);

    public static readonly ByteString TraceId = ByteString.CopyFrom([.. Enumerable.Range(1, 16).Select(i => (byte)i)]);

    public static readonly ByteString SpanId = ByteString.CopyFrom([.. Enumerable.Range(1, 8).Select(i => (byte)i)]);

    public static ulong Nanos(DateTimeOffset at) => (ulong)(at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    public static ExportTraceServiceRequest Traces(Resource? resource, params Span[] spans)
    {
        var scope = new ScopeSpans();
        scope.Spans.AddRange(spans);
        return new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { Resource = resource, ScopeSpans = { scope } } } };
    }

    public static ExportLogsServiceRequest Logs(Resource? resource, params LogRecord[] records)
    {
        var scope = new ScopeLogs();
        scope.LogRecords.AddRange(records);
        return new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { Resource = resource, ScopeLogs = { scope } } } };
    }

    public static ExportMetricsServiceRequest Metrics(Resource? resource, params Metric[] metrics)
    {
        var scope = new ScopeMetrics { Scope = new Scope { Name = ByteString.CopyFromUtf8("Airworthy.Probes") } };
        scope.Metrics.AddRange(metrics);
        return new ExportMetricsServiceRequest { ResourceMetrics = { new ResourceMetrics { Resource = resource, ScopeMetrics = { scope } } } };
    }

    public static Metric Counter(string name, AggregationTemporality temporality, params NumberDataPoint[] points)
    {
        var sum = new Sum { AggregationTemporality = temporality, IsMonotonic = true };
        sum.DataPoints.AddRange(points);
        return new Metric { Name = ByteString.CopyFromUtf8(name), Sum = sum };
    }

    public static NumberDataPoint Point(long value, params (string Key, object Value)[] attributes)
    {
        var point = new NumberDataPoint { AsInt = value, StartTimeUnixNano = Nanos(Received.AddHours(-1)), TimeUnixNano = Nanos(Received.AddSeconds(-1)) };
        point.Attributes.Set(attributes);
        return point;
    }

    public static Resource Resource(params (string Key, object Value)[] attributes)
    {
        var resource = new Resource();
        resource.Attributes.Set([("service.name", "shop"), .. attributes]);
        return resource;
    }

    public static Span Span(Span.Types.SpanKind kind, string name, params (string Key, object Value)[] attributes)
    {
        var span = new Span
        {
            TraceId = TraceId,
            SpanId = SpanId,
            Kind = kind,
            Name = ByteString.CopyFromUtf8(name),
            StartTimeUnixNano = Nanos(Received.AddSeconds(-2)),
            EndTimeUnixNano = Nanos(Received.AddSeconds(-1)),
        };
        span.Attributes.Set(attributes);
        return span;
    }

    public static Span With(this Span span, params Span.Types.Event[] events)
    {
        span.Events.AddRange(events);
        return span;
    }

    public static Span With(this Span span, Status.Types.StatusCode status)
    {
        span.Status = new Status { Code = status };
        return span;
    }

    public static Span.Types.Event Event(string name, params (string Key, object Value)[] attributes)
    {
        var e = new Span.Types.Event { Name = ByteString.CopyFromUtf8(name), TimeUnixNano = Nanos(Received.AddSeconds(-1)) };
        e.Attributes.Set(attributes);
        return e;
    }

    public static Span.Types.Event Exception(string type = "System.FormatException", string message = "not a number") =>
        Event("exception", ("exception.type", type), ("exception.message", message), ("exception.stacktrace", $"{type}: {message}\n   at Shop.Place()"));

    public static LogRecord Log(params (string Key, object Value)[] attributes)
    {
        var record = new LogRecord { TimeUnixNano = Nanos(Received), TraceId = TraceId, SpanId = SpanId, SeverityNumber = 17 };
        record.Attributes.Set(attributes);
        return record;
    }

    private static void Set(this RepeatedField<KeyValue> target, IEnumerable<(string Key, object Value)> attributes)
    {
        foreach (var (key, value) in attributes)
        {
            target.Add(new KeyValue { Key = ByteString.CopyFromUtf8(key), Value = Value(value) });
        }
    }

    private static AnyValue Value(object value) => value switch
    {
        string text => new AnyValue { StringValue = ByteString.CopyFromUtf8(text) },
        byte[] bytes => new AnyValue { StringValue = ByteString.CopyFrom(bytes) },
        int number => new AnyValue { IntValue = number },
        long number => new AnyValue { IntValue = number },
        double number => new AnyValue { DoubleValue = number },
        bool flag => new AnyValue { BoolValue = flag },
        _ => throw new ArgumentException($"no attribute is a {value.GetType().Name}", nameof(value)),
    };
}
