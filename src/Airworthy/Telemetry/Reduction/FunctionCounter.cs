using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Airworthy.Model;
using Airworthy.Telemetry.Protos;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Airworthy.Telemetry.Reduction;

/// <summary>Reads the counters that probes keep of each function: how often it was called, and how often an exception left it.</summary>
internal static class FunctionCounter
{
    /// <summary>Where counts come from that probes made.</summary>
    public const string Source = "probe";

    private const uint NoValue = 1;

    // 63 lines of at most 10 digits, and the spaces between them.
    private const int MostLinesBytes = (StatementFlags.Most * 11) - 1;

    private static ReadOnlySpan<byte> CallsName => "airworthy.function.calls"u8;

    private static ReadOnlySpan<byte> FailuresName => "airworthy.function.failures"u8;

    private static ReadOnlySpan<byte> AllocatedName => "airworthy.function.allocated"u8;

    /// <summary>True when a metric tells which statements of functions ever ran.</summary>
    public static bool IsOfStatements(Metric metric) => metric.Gauge is not null && metric.Name.Span.SequenceEqual("airworthy.statements.ran"u8);

    /// <summary>The statements a point tells of; null when it names no lines, or has bits for others.</summary>
    public static StatementFlags? Statements(NumberDataPoint point, ObservationKey key, long ran)
    {
        var lines = ImmutableArray.CreateBuilder<int>();
        var text = SentText.Text(point.Attributes, "airworthy.statement.lines"u8, maxBytes: MostLinesBytes) ?? "";
        foreach (var word in text.AsSpan().Split(' '))
        {
            if (lines.Count == StatementFlags.Most || !int.TryParse(text.AsSpan()[word], NumberStyles.None, CultureInfo.InvariantCulture, out var line) || line == 0)
            {
                return null;
            }

            lines.Add(line);
        }

        var first = SentText.Integer(point.Attributes, "airworthy.statement.first"u8);
        return first is null or (>= 0 and <= int.MaxValue) && ran >> lines.Count == 0
            ? new StatementFlags(key, (int)(first ?? 0), lines.ToImmutable(), ran)
            : null;
    }

    /// <summary>True when a metric is such a counter.</summary>
    public static bool Is(Metric metric) =>
        metric.Sum is { IsMonotonic: true }
        && (metric.Name.Span.SequenceEqual(CallsName) || metric.Name.Span.SequenceEqual(FailuresName) || metric.Name.Span.SequenceEqual(AllocatedName));

    /// <summary>What such a counter counts.</summary>
    public static CountedThing Counts(Metric metric) =>
        metric.Name.Span.SequenceEqual(FailuresName) ? CountedThing.Failures
        : metric.Name.Span.SequenceEqual(AllocatedName) ? CountedThing.AllocatedBytes
        : CountedThing.Calls;

    /// <summary>False when a point says itself that it holds nothing.</summary>
    public static bool HasValue(NumberDataPoint point) => (point.Flags & NoValue) == 0;

    /// <summary>The function counted: a process holds assemblies of several repositories, so it tells the revision it was built from as well.</summary>
    public static (ObservedLocation Location, ReportedVersion Version)? Function(RepeatedField<KeyValue> attributes, Sender sender)
    {
        var function = SentText.Text(attributes, "code.function.name"u8);
        var file = SentText.Text(attributes, "code.file.path"u8);
        if (function is null && file is null)
        {
            return null;
        }

        var line = SentText.Integer(attributes, "code.line.number"u8);
        var revision = SentText.Text(attributes, "vcs.ref.head.revision"u8);
        return (
            new ObservedLocation(
                function, file, line is >= 1 and <= int.MaxValue ? (int)line : null, SentText.Text(attributes, "airworthy.function.part"u8)),
            revision is null ? sender.Version : sender.Version with { HeadRevision = revision });
    }

    /// <summary>What it stands at; null when that can't be a count.</summary>
    public static long? Value(NumberDataPoint point) => point.ValueCase switch
    {
        NumberDataPoint.ValueOneofCase.AsInt when point.AsInt >= 0 => point.AsInt,
        NumberDataPoint.ValueOneofCase.AsDouble when point.AsDouble is >= 0 and < 9e18 => (long)point.AsDouble,
        _ => null,
    };

    /// <summary>A name for one counter of one process: the same as long as it counts on, another after it began anew.</summary>
    public static string Series(Resource? resource, Scope? scope, Metric metric, RepeatedField<KeyValue> attributes, ulong start)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(resource);
        Append(scope);
        digest.AppendData(metric.Name.Span);
        foreach (var attribute in attributes)
        {
            Append(attribute);
        }

        digest.AppendData(BitConverter.GetBytes(start));
        return Convert.ToHexStringLower(digest.GetHashAndReset());

        void Append(IMessage? message)
        {
            var bytes = message?.ToByteArray() ?? [];
            digest.AppendData(BitConverter.GetBytes(bytes.Length));
            digest.AppendData(bytes);
        }
    }
}
