using System.Buffers.Binary;
using Airworthy.Telemetry.Durations;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Wire;
using Airworthy.Telemetry.Workflows;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Airworthy.Telemetry.Reduction;

/// <summary>Reduces one request to counts by minute and to the exceptions in it. See docs/design/telemetry.md for the rules.</summary>
/// <param name="arrival">When the request came.</param>
/// <param name="choice">Of which traces steps are read; of all when null.</param>
/// <param name="tables">What is counted in; when null, some that an earlier request left, and left to a later one.</param>
internal sealed class Reducer(DateTimeOffset arrival, TraceChoice? choice = null, RequestTables? tables = null)
{
    /// <summary>Most distinct keys a request may count under; spans beyond are rejected.</summary>
    public const int MaxKeys = 10_000;

    /// <summary>Most distinct exceptions kept of a request; those beyond are rejected.</summary>
    public const int MaxExceptions = 2_000;

    /// <summary>What observations of spans tell as their source.</summary>
    public const string Source = "span";

    // Below "warn" (severity 13) a log record tells of an exception that the code deals with, or that is still on its way: HttpClient logs
    // each failed request so, with a stack that ends before the caller's own frames.
    private const int LeastSeverity = 13;

    private readonly EventClock _clock = new(arrival);
    private readonly RequestTables _tables = tables ?? RequestTables.Rent();
    private Dictionary<string, ExceptionSighting>? _exceptions;
    private Dictionary<ByteString, string?>? _names;
    private long _items;
    private long _rejected;
    private long _exceptionsLeftOut;

    public Reduced Reduce(ExportTraceServiceRequest request) => ReduceTraces(request.ToByteArray());

    /// <summary>Reads spans from the request's bytes. Plain ones are counted where they lie; the others, and those whose steps are wanted, are read whole.</summary>
    /// <exception cref="InvalidProtocolBufferException">It is no request.</exception>
    /// <exception cref="Otlp.OtlpFormatException">It is no request.</exception>
    public Reduced ReduceTraces(ReadOnlySpan<byte> request)
    {
        var oneIn = choice?.Next(request.Length) ?? 1;
        _tables.Traces.Begin(oneIn);
        var resources = new ProtoReader(request);
        while (resources.Next(out var tag))
        {
            if (tag == TraceRequest.ResourceSpans)
            {
                AddResource(resources.ReadBytes(), oneIn);
            }
            else
            {
                resources.Skip(tag);
            }
        }

        var traces = _tables.Traces.Take();
        var reduced = Result("spans");
        reduced.Traces = traces;
        return reduced;
    }

    private void AddResource(ReadOnlySpan<byte> bytes, int oneIn)
    {
        var sentBy = _tables.SenderOf(TraceRequest.ResourceOf(bytes));
        var scopes = new ProtoReader(bytes);
        while (scopes.Next(out var tag))
        {
            if (tag != TraceRequest.ScopeSpans)
            {
                scopes.Skip(tag);
                continue;
            }

            var spans = new ProtoReader(scopes.ReadBytes());
            while (spans.Next(out tag))
            {
                if (tag != TraceRequest.Spans)
                {
                    spans.Skip(tag);
                    continue;
                }

                var span = spans.ReadBytes();
                if (sentBy is null)
                {
                    _items++;
                    _rejected++;
                }
                else if (!TryCount(span, sentBy, oneIn))
                {
                    Add(sentBy, Span.Parser.ParseFrom(span));
                }
            }
        }
    }

    /// <summary>Counts a plain span whose steps are not wanted; false when it must be read whole.</summary>
    private bool TryCount(ReadOnlySpan<byte> bytes, SentBy sentBy, int oneIn)
    {
        var span = default(PlainSpan);
        if (!span.TryRead(bytes))
        {
            return false;
        }

        var hasTrace = span.TraceId.Length == 16 && span.TraceId.ContainsAnyExcept((byte)0);
        if ((hasTrace && TraceChoice.Chooses(BinaryPrimitives.ReadUInt128BigEndian(span.TraceId), oneIn)) || _tables.Series.IsFull)
        {
            return false;
        }

        _items++;
        var arrived = _tables.Mark(sentBy.Arrived);
        arrived.Spans++;
        var sampling = _tables.Spans.SamplingOf(in span);
        arrived.UnknownSampling += ReferenceEquals(sampling, Sampling.Unknown) ? 1 : 0;
        if (hasTrace)
        {
            sentBy.Traces.LeaveOut();
        }

        if (SpanTally.HasPlace(in span))
        {
            arrived.WithCode += SpanTally.HasCode(in span) ? 1 : 0;
            _tables.Spans.Add(in span, sentBy, sampling, EventClock.Minute(_clock.At(span.End)));
        }

        return true;
    }

    public Reduced Reduce(ExportLogsServiceRequest request)
    {
        foreach (var resource in request.ResourceLogs)
        {
            var sender = Sender.Of(resource.Resource);
            foreach (var scope in resource.ScopeLogs)
            {
                foreach (var record in scope.LogRecords)
                {
                    Add(sender, record);
                }
            }
        }

        return Result("log records");
    }

    /// <summary>Reads what probes count and how long a server's requests took; other metrics are counted and not kept.</summary>
    public Reduced Reduce(ExportMetricsServiceRequest request)
    {
        var reader = new MetricReader(_clock, (key, calls, bad, instance) => Tally(key, calls, bad, instance));
        foreach (var resource in request.ResourceMetrics)
        {
            var sender = Sender.Of(resource.Resource);
            foreach (var scope in resource.ScopeMetrics)
            {
                _items += scope.Metrics.Count;
                foreach (var metric in scope.Metrics.Where(MetricReader.Reads))
                {
                    _tables.ArrivedFrom(sender);
                    reader.Read(sender, resource.Resource, scope.Scope, metric);
                }
            }
        }

        _rejected += reader.Rejected;
        foreach (var (key, bytes) in reader.AllocatedBytes)
        {
            Tally(key, 0, 0, instance: "", bytes: bytes);
        }

        var reduced = Result("data points");
        reduced.Totals = [.. reader.Totals];
        reduced.Statements = [.. reader.Statements];
        reduced.Durations = [.. reader.Durations.Select(timed => new ObservedDurations(timed.Key.Key, timed.Key.Instance, timed.Value))];
        reduced.RunningDurations = [.. reader.RunningDurations];
        return reduced;
    }

    private void Add(SentBy sentBy, Span span)
    {
        _items++;
        var sender = sentBy.Sender;
        var arrived = _tables.Mark(sentBy.Arrived);
        arrived.Spans++;
        var sampling = Sampling.Of(span.TraceState);
        arrived.UnknownSampling += string.Equals(sampling, Sampling.Unknown, StringComparison.Ordinal) ? 1 : 0;

        var location = SpanFacts.Location(span, Name);
        if (IsId(span.TraceId, 16))
        {
            sentBy.Traces.Add(BinaryPrimitives.ReadUInt128BigEndian(span.TraceId.Span), span, location);
        }

        if (location is not null)
        {
            arrived.WithCode += location.Operation is null ? 1 : 0;
            Tally(sender, span, location, sampling);
        }

        foreach (var e in span.Events)
        {
            if (SpanFacts.IsException(e))
            {
                arrived.Exceptions++;
                var at = e.TimeUnixNano == 0 ? span.EndTimeUnixNano : e.TimeUnixNano;
                Sight(sender, at, span.TraceId, span.SpanId, e.Attributes, SpanFacts.Operation(span, Name), "span");
            }
        }
    }

    private void Add(Sender sender, LogRecord record)
    {
        _items++;
        var arrived = _tables.ArrivedFrom(sender);
        arrived.Logs++;
        if (SpanFacts.HasException(record.Attributes) && record.SeverityNumber is 0 or >= LeastSeverity)
        {
            arrived.Exceptions++;
            var at = record.TimeUnixNano == 0 ? record.ObservedTimeUnixNano : record.TimeUnixNano;
            Sight(sender, at, record.TraceId, record.SpanId, record.Attributes, operation: null, "log");
        }
    }

    private void Tally(Sender sender, Span span, ObservedLocation location, string sampling)
    {
        var key = Key(sender, location, SpanFacts.FlagVariant(span), sampling, EventClock.Minute(_clock.At(span.EndTimeUnixNano)));
        Tally(key, 1, SpanFacts.IsBad(span) ? 1 : 0, sender.Instance);
    }

    private static ObservationKey Key(Sender sender, ObservedLocation location, string flag, string sampling, DateTimeOffset minute) =>
        new(sender.Service, sender.Environment, sender.Version, location, flag, sender.InstanceGroup, Source, sampling, minute);

    private void Tally(ObservationKey key, long calls, long bad, string instance, long bytes = 0) =>
        _rejected += _tables.Series.TryAdd(key, calls, bad, instance, bytes) ? 0 : 1;

    private void Sight(
        Sender sender, ulong at, ByteString traceId, ByteString spanId, RepeatedField<KeyValue> attributes, string? operation, string signal)
    {
        var trace = Id(traceId, 16);
        var sighting = new ExceptionSighting(
            sender.Service,
            sender.Environment,
            sender.Version,
            sender.Instance,
            _clock.At(at),
            trace,
            trace is null ? null : Id(spanId, 8),
            SentText.Text(attributes, "exception.type"u8),
            SentText.Text(attributes, "exception.message"u8, maxBytes: SentText.MessageBytes),
            SentText.Text(attributes, "exception.stacktrace"u8, "code.stacktrace"u8, SentText.StackBytes),
            operation,
            signal);
        var identity = ExceptionIdentity.Of(sighting);
        _exceptions ??= new Dictionary<string, ExceptionSighting>(StringComparer.Ordinal);
        if (_exceptions.Count >= MaxExceptions && !_exceptions.ContainsKey(identity))
        {
            _exceptionsLeftOut++;
            return;
        }

        _exceptions.TryAdd(identity, sighting);
    }

    /// <summary>A request repeats its names: each is decoded once.</summary>
    private string? Name(ByteString bytes)
    {
        _names ??= [];
        if (!_names.TryGetValue(bytes, out var name))
        {
            _names.Add(bytes, name = SentText.Decode(bytes));
        }

        return name;
    }

    /// <summary>An id in hexadecimal; null unless it has its length and is not all zeros.</summary>
    private static string? Id(ByteString bytes, int length) => IsId(bytes, length) ? Convert.ToHexStringLower(bytes.Span) : null;

    private static bool IsId(ByteString bytes, int length) => bytes.Length == length && bytes.Span.ContainsAnyExcept((byte)0);

    private Reduced Result(string items)
    {
        var reduced = Reduced.Rent();
        _tables.MoveTo(reduced, _clock.Arrival);
        if (tables is null)
        {
            _tables.Return();
        }

        reduced.Exceptions = _exceptions is null ? [] : [.. _exceptions.Values];
        (reduced.Items, reduced.Rejected, reduced.TimesReplaced) = (_items, _rejected, _clock.Replaced);
        reduced.Warning = Warning(items);
        return reduced;
    }

    private string Warning(string items)
    {
        var counted = _rejected == 0 ? "" : $"{_rejected} {items} not counted: the request names more than {MaxKeys} places and minutes or senders, or no place, or no count that can be";
        var kept = _exceptionsLeftOut == 0 ? "" : $"{_exceptionsLeftOut} exceptions not kept: the request holds more than {MaxExceptions} different ones";
        return counted.Length > 0 && kept.Length > 0 ? $"{counted}; {kept}" : counted + kept;
    }
}
