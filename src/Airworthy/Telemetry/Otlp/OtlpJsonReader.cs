using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Airworthy.Telemetry.Protos;
using Google.Protobuf;
using Google.Protobuf.Collections;

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
                scopeMetrics.Metrics.AddRange(Items(scope, "metrics").Select(Metric));
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

    private static Metric Metric(JsonElement json)
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

    private static IEnumerable<T> Numbers<T>(JsonElement parent, string name, Func<JsonElement, T> read) =>
        Member(parent, name, JsonValueKind.Array) is { } array ? array.EnumerateArray().Select(read) : [];

    private static ulong Count(JsonElement json, string name) =>
        json.TryGetProperty(name, out var count) && count.ValueKind != JsonValueKind.Null ? Integer<ulong>(count, name) : 0;

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

    private static void Attributes(JsonElement parent, RepeatedField<KeyValue> attributes)
    {
        foreach (var item in Items(parent, "attributes"))
        {
            attributes.Add(new KeyValue { Key = Text(item, "key"), Value = Value(item) });
        }
    }

    private static AnyValue? Value(JsonElement attribute)
    {
        if (Member(attribute, "value", JsonValueKind.Object) is not { } json)
        {
            return null;
        }

        foreach (var member in json.EnumerateObject())
        {
            switch (member.Name)
            {
                case "stringValue":
                    return new AnyValue { StringValue = Text(json, member.Name) };
                case "boolValue" when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    return new AnyValue { BoolValue = member.Value.GetBoolean() };
                case "intValue":
                    return new AnyValue { IntValue = Integer<long>(member.Value, member.Name) };
                case "doubleValue":
                    return new AnyValue { DoubleValue = Double(member.Value, member.Name) };
                case "arrayValue" when member.Value.ValueKind == JsonValueKind.Object:
                    return new AnyValue { ArrayValue = Texts(member.Value) };
                default:
                    continue;
            }
        }

        return new AnyValue();
    }

    private static TextList Texts(JsonElement json)
    {
        var texts = new TextList();
        texts.Values.AddRange(Items(json, "values").Select(item => new TextItem { StringValue = Text(item, "stringValue") }));
        return texts;
    }

    private static double Double(JsonElement json, string name) => json.ValueKind switch
    {
        JsonValueKind.Number when json.TryGetDouble(out var number) => number,
        JsonValueKind.String when double.TryParse(String(json), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new OtlpFormatException($"'{name}' is not a number"),
    };

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name)
    {
        if (Member(parent, name, JsonValueKind.Array) is not { } array)
        {
            yield break;
        }

        foreach (var item in array.EnumerateArray())
        {
            yield return item.ValueKind == JsonValueKind.Object
                ? item
                : throw new OtlpFormatException($"'{name}' holds a {Name(item.ValueKind)} where an object must be");
        }
    }

    private static JsonElement? Member(JsonElement parent, string name, JsonValueKind kind)
    {
        if (!parent.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return member.ValueKind == kind
            ? member
            : throw new OtlpFormatException($"'{name}' is a {Name(member.ValueKind)} where a {Name(kind)} must be");
    }

    private static ByteString Text(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.String) is { } text ? ByteString.CopyFromUtf8(String(text)) : ByteString.Empty;

    private static ByteString Id(JsonElement parent, string name)
    {
        if (Member(parent, name, JsonValueKind.String) is not { } json)
        {
            return ByteString.Empty;
        }

        try
        {
            return ByteString.CopyFrom(Convert.FromHexString(String(json)));
        }
        catch (FormatException e)
        {
            throw new OtlpFormatException($"'{name}' is not hexadecimal", e);
        }
    }

    private static ulong Nanos(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var json) || json.ValueKind == JsonValueKind.Null)
        {
            return 0;
        }

        // A time before 1970 or beyond the range is a sender's clock gone wrong, not a broken request: the reduction replaces it.
        var text = json.ValueKind == JsonValueKind.String ? String(json) : json.GetRawText();
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var nanos))
        {
            throw new OtlpFormatException($"'{name}' is not an integer");
        }

        return nanos is >= 0 and <= ulong.MaxValue ? (ulong)nanos : 0;
    }

    private static int Small(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var json) && json.ValueKind != JsonValueKind.Null ? Integer<int>(json, name) : 0;

    private static T Integer<T>(JsonElement json, string name)
        where T : struct, IParsable<T>
    {
        var text = json.ValueKind switch
        {
            JsonValueKind.String => String(json),
            JsonValueKind.Number => json.GetRawText(),
            _ => "",
        };
        return T.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new OtlpFormatException($"'{name}' is not an integer of its size");
    }

    /// <summary>The text of a JSON string; U+FFFD for one that escapes half a surrogate pair.</summary>
    private static string String(JsonElement json)
    {
        try
        {
            return json.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "list",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "literal",
    };
}
