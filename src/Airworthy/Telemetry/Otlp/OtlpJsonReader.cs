using System.Text.Json;
using System.Text.Unicode;
using Airworthy.Telemetry.Protos;
using static Airworthy.Telemetry.Otlp.OtlpJsonValues;

namespace Airworthy.Telemetry.Otlp;

/// <summary>
/// Reads OTLP/JSON. It is protobuf's JSON with three differences that rule out the stock parser: trace and span ids are hexadecimal instead
/// of base64, enumerations are numbers only, and unknown members are skipped. 64-bit integers come as strings or numbers.
/// </summary>
internal static class OtlpJsonReader
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64 };

    public static ExportTraceServiceRequest Traces(ReadOnlyMemory<byte> body) => Read(body, root =>
    {
        var request = new ExportTraceServiceRequest();
        foreach (var resource in Items(root, "resourceSpans"))
        {
            var spans = new ResourceSpans { Resource = Resource(resource) };
            foreach (var scope in Items(resource, "scopeSpans"))
            {
                var scopeSpans = new ScopeSpans();
                scopeSpans.Spans.AddRange(Items(scope, "spans").Select(Span));
                spans.ScopeSpans.Add(scopeSpans);
            }

            request.ResourceSpans.Add(spans);
        }

        return request;
    });

    public static ExportLogsServiceRequest Logs(ReadOnlyMemory<byte> body) => Read(body, root =>
    {
        var request = new ExportLogsServiceRequest();
        foreach (var resource in Items(root, "resourceLogs"))
        {
            var logs = new ResourceLogs { Resource = Resource(resource) };
            foreach (var scope in Items(resource, "scopeLogs"))
            {
                var scopeLogs = new ScopeLogs();
                scopeLogs.LogRecords.AddRange(Items(scope, "logRecords").Select(LogRecord));
                logs.ScopeLogs.Add(scopeLogs);
            }

            request.ResourceLogs.Add(logs);
        }

        return request;
    });

    public static ExportMetricsServiceRequest Metrics(ReadOnlyMemory<byte> body) => Read(body, root =>
    {
        var request = new ExportMetricsServiceRequest();
        foreach (var resource in Items(root, "resourceMetrics"))
        {
            var metrics = new ResourceMetrics { Resource = Resource(resource) };
            foreach (var scope in Items(resource, "scopeMetrics"))
            {
                var scopeMetrics = new ScopeMetrics { Scope = Scope(scope) };
                scopeMetrics.Metrics.AddRange(Items(scope, "metrics").Select(OtlpJsonMetrics.Metric));
                metrics.ScopeMetrics.Add(scopeMetrics);
            }

            request.ResourceMetrics.Add(metrics);
        }

        return request;
    });

    private static T Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(WellFormed(body), s_options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new OtlpFormatException("the body is not a JSON object");
            }

            return read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new OtlpFormatException($"the body is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine}", e);
        }
        catch (InvalidOperationException e)
        {
            // A member's name that escapes half a surrogate pair: the parser takes it, and can't compare it with any other.
            throw new OtlpFormatException("the body names a member by what is no text", e);
        }
    }

    /// <summary>The body, with each broken byte of UTF-8 replaced, as the protobuf side does.</summary>
    private static ReadOnlyMemory<byte> WellFormed(ReadOnlyMemory<byte> body) =>
        Utf8.IsValid(body.Span)
            ? body
            : System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(body.Span));

    private static Span Span(JsonElement json)
    {
        var span = new Span
        {
            TraceId = Id(json, "traceId"),
            SpanId = Id(json, "spanId"),
            TraceState = Text(json, "traceState"),
            Name = Text(json, "name"),
            Kind = (Span.Types.SpanKind)Small(json, "kind"),
            StartTimeUnixNano = Nanos(json, "startTimeUnixNano"),
            EndTimeUnixNano = Nanos(json, "endTimeUnixNano"),
        };
        Attributes(json, span.Attributes);
        foreach (var item in Items(json, "events"))
        {
            var e = new Span.Types.Event { TimeUnixNano = Nanos(item, "timeUnixNano"), Name = Text(item, "name") };
            Attributes(item, e.Attributes);
            span.Events.Add(e);
        }

        if (Member(json, "status", JsonValueKind.Object) is { } status)
        {
            span.Status = new Status { Code = (Status.Types.StatusCode)Small(status, "code") };
        }

        return span;
    }

    private static LogRecord LogRecord(JsonElement json)
    {
        var record = new LogRecord
        {
            TimeUnixNano = Nanos(json, "timeUnixNano"),
            ObservedTimeUnixNano = Nanos(json, "observedTimeUnixNano"),
            SeverityNumber = Small(json, "severityNumber"),
            TraceId = Id(json, "traceId"),
            SpanId = Id(json, "spanId"),
        };
        Attributes(json, record.Attributes);
        return record;
    }

    private static Scope? Scope(JsonElement parent)
    {
        if (Member(parent, "scope", JsonValueKind.Object) is not { } json)
        {
            return null;
        }

        var scope = new Scope { Name = Text(json, "name"), Version = Text(json, "version") };
        Attributes(json, scope.Attributes);
        return scope;
    }

    private static Resource? Resource(JsonElement parent)
    {
        if (Member(parent, "resource", JsonValueKind.Object) is not { } json)
        {
            return null;
        }

        var resource = new Resource();
        Attributes(json, resource.Attributes);
        return resource;
    }
}
