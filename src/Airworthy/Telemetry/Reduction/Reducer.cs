using System.Buffers.Binary;
using Airworthy.Telemetry.Durations;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Wire;
using Airworthy.Telemetry.Workflows;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Airworthy.Telemetry.Reduction;

/// <summary>Reduces one request to counts by minute and to the exceptions in it. See docs/design/telemetry.md for the rules.</summary>
internal sealed class Reducer(DateTimeOffset arrival, TraceChoice? choice = null)
{
    /// <summary>Most distinct keys a request may count under; spans beyond are rejected.</summary>
    public const int MaxKeys = 10_000;

    /// <summary>Most distinct exceptions kept of a request; those beyond are rejected.</summary>
    public const int MaxExceptions = 2_000;

    // Below "warn" (severity 13) a log record tells of an exception that the code deals with, or that is still on its way: HttpClient logs
    // each failed request so, with a stack that ends before the caller's own frames.
    private const int LeastSeverity = 13;

    private readonly EventClock _clock = new(arrival);
    private readonly Dictionary<ObservationKey, Count> _counts = [];
    private readonly Dictionary<string, ExceptionSighting> _exceptions = new(StringComparer.Ordinal);
    private readonly Dictionary<Sender, ArrivalCount> _arrivals = [];
    private readonly Dictionary<ByteString, string?> _names = [];
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
        var assembly = new TraceAssembly(oneIn);
        var tally = SpanTally.Rent();
        var senders = new List<Sender>();
        var resources = new ProtoReader(request);
        while (resources.Next(out var tag))
        {
            if (tag == TraceRequest.ResourceSpans)
            {
                AddResource(resources.ReadBytes(), assembly, oneIn, tally, senders);
            }
            else
            {
                resources.Skip(tag);
            }
        }

        foreach (var (sender, location, flag, sampling, minute, calls, bad) in tally.Counted())
        {
            Tally(Key(senders[sender], location, flag, sampling, minute), calls, bad, senders[sender].Instance, spans: calls);
        }

        tally.Return();
        return Result("spans") with { Traces = assembly.Result() };
    }

    private void AddResource(ReadOnlySpan<byte> bytes, TraceAssembly assembly, int oneIn, SpanTally tally, List<Sender> senders)
    {
        var resource = TraceRequest.ResourceOf(bytes);
        var sender = Sender.Of(resource);
        senders.Add(sender);
        var traces = assembly.From(sender, StepReader.IsTest(resource?.Attributes));
        ArrivalCount? arrived = null;
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
                arrived ??= ArrivedFrom(sender);
                if (!TryCount(span, arrived, traces, oneIn, tally, senders.Count - 1))
                {
                    Add(sender, traces, Span.Parser.ParseFrom(span));
                }
            }
        }
    }

    /// <summary>Counts a plain span whose steps are not wanted; false when it must be read whole.</summary>
    private bool TryCount(ReadOnlySpan<byte> bytes, ArrivalCount arrived, TraceAssembly.OfSender traces, int oneIn, SpanTally tally, int sender)
    {
        var span = default(PlainSpan);
        if (!span.TryRead(bytes))
        {
            return false;
        }

        var hasTrace = span.TraceId.Length == 16 && span.TraceId.ContainsAnyExcept((byte)0);
        if ((hasTrace && TraceChoice.Chooses(BinaryPrimitives.ReadUInt128BigEndian(span.TraceId), oneIn)) || tally.Places == MaxKeys)
        {
            return false;
        }

        _items++;
        arrived.Spans++;
        var sampling = tally.SamplingOf(in span);
        arrived.UnknownSampling += ReferenceEquals(sampling, Sampling.Unknown) ? 1 : 0;
        if (hasTrace)
        {
            traces.LeaveOut();
        }

        if (SpanTally.HasPlace(in span))
        {
            arrived.WithCode += SpanTally.HasCode(in span) ? 1 : 0;
            tally.Add(in span, sender, sampling, EventClock.Minute(_clock.At(span.End)));
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
                    ArrivedFrom(sender);
                    reader.Read(sender, resource.Resource, scope.Scope, metric);
                }
            }
        }

        _rejected += reader.Rejected;
        foreach (var (key, bytes) in reader.AllocatedBytes)
        {
            Tally(key, 0, 0, instance: "", bytes: bytes);
        }

        return Result("data points") with
        {
            Totals = [.. reader.Totals],
            Statements = [.. reader.Statements],
            Durations = [.. reader.Durations.Select(timed => new ObservedDurations(timed.Key.Key, timed.Key.Instance, timed.Value))],
            RunningDurations = [.. reader.RunningDurations],
        };
    }

    private void Add(Sender sender, TraceAssembly.OfSender traces, Span span)
    {
        _items++;
        var arrived = ArrivedFrom(sender);
        arrived.Spans++;
        var sampling = Sampling.Of(span.TraceState);
        arrived.UnknownSampling += string.Equals(sampling, Sampling.Unknown, StringComparison.Ordinal) ? 1 : 0;

        var location = SpanFacts.Location(span, Name);
        if (IsId(span.TraceId, 16))
        {
            traces.Add(BinaryPrimitives.ReadUInt128BigEndian(span.TraceId.Span), span, location);
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
        var arrived = ArrivedFrom(sender);
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
        new(sender.Service, sender.Environment, sender.Version, location, flag, sender.InstanceGroup, "span", sampling, minute);

    private void Tally(ObservationKey key, long calls, long bad, string instance, long spans = 1, long bytes = 0)
    {
        if (!_counts.TryGetValue(key, out var count))
        {
            if (_counts.Count == MaxKeys)
            {
                _rejected += spans;
                return;
            }

            _counts.Add(key, count = new Count());
        }

        count.Calls += calls;
        count.Bad += bad;
        count.AllocatedBytes += bytes;
        if (instance.Length > 0)
        {
            count.Add(instance, calls, bad);
        }
    }

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
        if (_exceptions.Count >= MaxExceptions && !_exceptions.ContainsKey(identity))
        {
            _exceptionsLeftOut++;
            return;
        }

        _exceptions.TryAdd(identity, sighting);
    }

    private ArrivalCount ArrivedFrom(Sender sender)
    {
        var who = sender with { Instance = "", InstanceGroup = "" };
        if (!_arrivals.TryGetValue(who, out var count))
        {
            _arrivals.Add(who, count = new ArrivalCount());
        }

        return count;
    }

    /// <summary>A request repeats its names: each is decoded once.</summary>
    private string? Name(ByteString bytes)
    {
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
        var warnings = new List<string>(2);
        if (_rejected > 0)
        {
            warnings.Add($"{_rejected} {items} not counted: the request names more than {MaxKeys} places and minutes, or no place, or no count that can be");
        }

        if (_exceptionsLeftOut > 0)
        {
            warnings.Add($"{_exceptionsLeftOut} exceptions not kept: the request holds more than {MaxExceptions} different ones");
        }

        return new Reduced(
            [.. _counts.Select(c => c.Value.ToObservation(c.Key))],
            [],
            [],
            [.. _exceptions.Values],
            [.. _arrivals.Select(a => a.Value.ToArrival(a.Key, _clock.Arrival))],
            _items,
            _rejected,
            _clock.Replaced,
            string.Join("; ", warnings));
    }

    private sealed class Count
    {
        private InstanceCount _first;
        private SortedDictionary<string, InstanceCount>? _others;

        public long Calls { get; set; }

        public long Bad { get; set; }

        public long AllocatedBytes { get; set; }

        /// <summary>Adds what one instance did; the first, mostly the only one, has no table.</summary>
        public void Add(string instance, long calls, long bad)
        {
            if (_others is null && (_first.Instance is null || string.Equals(_first.Instance, instance, StringComparison.Ordinal)))
            {
                _first = new InstanceCount(instance, _first.Calls + calls, _first.Bad + bad);
                return;
            }

            _others ??= new SortedDictionary<string, InstanceCount>(StringComparer.Ordinal) { [_first.Instance] = _first };
            var known = _others.GetValueOrDefault(instance);
            _others[instance] = new InstanceCount(instance, known.Calls + calls, known.Bad + bad);
        }

        public Observation ToObservation(ObservationKey key) =>
            new(key, Calls, Bad, _others is not null ? [.. _others.Values] : _first.Instance is null ? [] : [_first]) { AllocatedBytes = AllocatedBytes };
    }

    private sealed class ArrivalCount
    {
        public long Spans { get; set; }

        public long Logs { get; set; }

        public long Exceptions { get; set; }

        public long WithCode { get; set; }

        public long UnknownSampling { get; set; }

        public Arrival ToArrival(Sender sender, DateTimeOffset at) =>
            new(sender.Service, sender.Environment, sender.Version, at, Spans, Logs, Exceptions, WithCode, UnknownSampling);
    }
}
