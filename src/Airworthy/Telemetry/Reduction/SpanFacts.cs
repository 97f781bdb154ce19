using Airworthy.Telemetry.Protos;
using Google.Protobuf.Collections;

namespace Airworthy.Telemetry.Reduction;

/// <summary>What one span says: where it ran, whether it failed, under which flags.</summary>
internal static class SpanFacts
{
    /// <summary>The least status of an answer that tells of a failure of the server.</summary>
    public const int FirstServerError = 500;

    /// <summary>
    /// Where the span ran: the code it names, else, for the entry of a service (a request served, a message consumed), its operation. Null for
    /// any other span: it is part of work that its entry already counts.
    /// </summary>
    public static ObservedLocation? Location(Span span, Func<Google.Protobuf.ByteString, string?> text)
    {
        var function = Function(span.Attributes);
        var file = SentText.Text(span.Attributes, "code.file.path"u8, "code.filepath"u8);
        if (function is not null || file is not null)
        {
            var line = SentText.Integer(span.Attributes, "code.line.number"u8, "code.lineno"u8);
            return new ObservedLocation(function, file, line is >= 1 and <= int.MaxValue ? (int)line : null, null);
        }

        return span.Kind is Span.Types.SpanKind.Server or Span.Types.SpanKind.Consumer
            ? new ObservedLocation(null, null, null, Operation(span, text) ?? "unnamed")
            : null;
    }

    /// <summary>The method and route of a request, else the span's name; null when it has none.</summary>
    public static string? Operation(Span span, Func<Google.Protobuf.ByteString, string?> text)
    {
        var route = SentText.Text(span.Attributes, "http.route"u8);
        if (route is null)
        {
            return text(span.Name);
        }

        var method = SentText.Text(span.Attributes, "http.request.method"u8, "http.method"u8);
        return method is null ? route : $"{method} {route}";
    }

    /// <summary>
    /// True when the call failed: its status says so, or leaves it open while an exception or a 5xx answer is on it. A status of OK is the
    /// application's own last word.
    /// </summary>
    public static bool IsBad(Span span) => (span.Status?.Code ?? Status.Types.StatusCode.Unset) switch
    {
        Status.Types.StatusCode.Error => true,
        Status.Types.StatusCode.Ok => false,
        _ => SentText.Integer(span.Attributes, "http.response.status_code"u8, "http.status_code"u8) >= FirstServerError
            || span.Events.Any(IsException),
    };

    /// <summary>True when a span's event tells of an exception, by its name or by what it carries.</summary>
    public static bool IsException(Span.Types.Event e) => e.Name.Span.SequenceEqual("exception"u8) || HasException(e.Attributes);

    /// <summary>True when attributes tell of an exception.</summary>
    public static bool HasException(RepeatedField<KeyValue> attributes) =>
        SentText.Find(attributes, "exception.type"u8) is not null
        || SentText.Find(attributes, "exception.message"u8) is not null
        || SentText.Find(attributes, "exception.stacktrace"u8) is not null;

    /// <summary>The feature flags evaluated on the span, <c>key=variant</c>, sorted; empty when none.</summary>
    public static string FlagVariant(Span span)
    {
        if (Flag(span.Attributes) is { } own)
        {
            return own;
        }

        if (span.Events.Count == 0)
        {
            return "";
        }

        var flags = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var e in span.Events)
        {
            if (Flag(e.Attributes) is { } flag)
            {
                flags.Add(flag);
            }
        }

        var all = string.Join(',', flags);
        return all.Length <= SentText.NameBytes ? all : all[..SentText.NameBytes];
    }

    private static string? Flag(RepeatedField<KeyValue> attributes) =>
        SentText.Text(attributes, "feature_flag.key"u8, maxBytes: SentText.SenderBytes) is { } key
            ? $"{key}={SentText.Text(attributes, "feature_flag.result.variant"u8, "feature_flag.variant"u8, SentText.SenderBytes)}"
            : null;

    private static string? Function(RepeatedField<KeyValue> attributes)
    {
        if (SentText.Text(attributes, "code.function.name"u8) is { } name)
        {
            return name;
        }

        var function = SentText.Text(attributes, "code.function"u8);
        var space = SentText.Text(attributes, "code.namespace"u8);
        return function is null || space is null ? function : $"{space}.{function}";
    }
}
