using System.Collections.Concurrent;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Wire;
using Airworthy.Telemetry.Workflows;

namespace Airworthy.Telemetry.Reduction;

/// <summary>
/// What one request is counted in, by sender, place and minute. Kept for the next request, one for each that is read at the same time: what senders repeat is
/// made once. Thrown away when it holds more than is worth keeping, so no sender makes it grow.
/// </summary>
internal sealed class RequestTables
{
    /// <summary>Most senders that are told apart in a request of spans.</summary>
    public const int MaxSenders = 10_000;

    private const int MostKept = 2 * Reducer.MaxKeys;
    private const int MostSenders = 1_000;
    private const long MostBytes = 8 * 1024 * 1024;

    private static readonly ConcurrentBag<RequestTables> s_free = [];

    private readonly Dictionary<byte[], SentBy> _senders = new(ByteTexts.Comparer);
    private readonly Dictionary<byte[], SentBy>.AlternateLookup<ReadOnlySpan<byte>> _sendersByBytes;
    private readonly Dictionary<Sender, ArrivalCount> _arrivals = [];
    private readonly List<ArrivalCount> _arrived = [];
    private long _senderBytes;

    public RequestTables()
    {
        _sendersByBytes = _senders.GetAlternateLookup<ReadOnlySpan<byte>>();
        Spans = new SpanTally(Series);
    }

    public SeriesTable Series { get; } = new();

    public SpanTally Spans { get; }

    public TraceAssembly Traces { get; } = new();

    public static RequestTables Rent() => s_free.TryTake(out var tables) ? tables : new RequestTables();

    /// <summary>Gives them back, once all that was counted is moved; after a request that broke off they are not.</summary>
    public void Return()
    {
        if (Series.Count <= MostKept && Spans.Count <= MostKept && _senders.Count <= MostSenders && _arrivals.Count <= MostSenders && Spans.Bytes + _senderBytes <= MostBytes
            && s_free.Count < Environment.ProcessorCount)
        {
            s_free.Add(this);
        }
    }

    /// <summary>The sender that a resource tells; null when there are too many.</summary>
    /// <exception cref="Google.Protobuf.InvalidProtocolBufferException">It is no resource.</exception>
    public SentBy? SenderOf(ReadOnlySpan<byte> resource)
    {
        if (_sendersByBytes.TryGetValue(resource, out var known))
        {
            return known;
        }

        if (_senders.Count == MaxSenders)
        {
            return null;
        }

        var told = Resource.Parser.ParseFrom(resource);
        var sender = Sender.Of(told);
        var origin = sender.Origin;
        var sentBy = new SentBy(_senders.Count, sender, ArrivalsOf(origin), Traces.From(origin, StepReader.IsTest(told.Attributes)));
        _senders.Add(resource.ToArray(), sentBy);
        _senderBytes += resource.Length;
        return sentBy;
    }

    /// <summary>Where it is counted how much a sender sent.</summary>
    public ArrivalCount ArrivedFrom(Sender sender) => Mark(ArrivalsOf(sender.Origin));

    /// <summary>Marks that the request holds something of a sender.</summary>
    public ArrivalCount Mark(ArrivalCount arrived)
    {
        if (!arrived.IsCounted)
        {
            arrived.IsCounted = true;
            _arrived.Add(arrived);
        }

        return arrived;
    }

    /// <summary>Moves what was counted, in the order in which it came first.</summary>
    public void MoveTo(Reduced reduced, DateTimeOffset arrival)
    {
        Series.MoveTo(reduced.Observations);
        foreach (var arrived in _arrived)
        {
            reduced.Arrivals.Add(arrived.Take(arrival));
        }

        _arrived.Clear();
    }

    private ArrivalCount ArrivalsOf(Sender origin)
    {
        if (!_arrivals.TryGetValue(origin, out var count))
        {
            _arrivals.Add(origin, count = new ArrivalCount(origin));
        }

        return count;
    }
}
