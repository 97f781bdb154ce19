using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;
using Google.Protobuf;
using Xunit;
using static Airworthy.Tests.Telemetry.OtlpRequests;

namespace Airworthy.Tests.Telemetry;

/// <summary>What no sender should send, and some do.</summary>
public class HostileInputTests
{
    private const Airworthy.Telemetry.Protos.Span.Types.SpanKind Served = Airworthy.Telemetry.Protos.Span.Types.SpanKind.Server;

    [Fact]
    public void A_span_that_ended_before_it_began_counts_in_the_minute_of_its_end()
    {
        var span = Span(Served, "GET /");
        span.StartTimeUnixNano = Nanos(Received.AddSeconds(10));
        Assert.Equal(1, Assert.Single(Reduce(span).Observations).Calls);
    }

    [Fact]
    public void Of_two_attributes_of_one_name_the_first_counts()
    {
        var span = Span(Served, "GET /", ("http.route", "/first"), ("http.route", "/second"));
        Assert.Equal("/first", Assert.Single(Reduce(span).Observations).Key.Location.Operation);
    }

    [Fact]
    public void A_million_attributes_are_read_over_without_being_kept()
    {
        var span = Span(Served, "GET /");
        span.TraceId = ByteString.Empty;
        byte[] attribute = [(9 << 3) | 2, 8, (1 << 3) | 2, 1, (byte)'a', (2 << 3) | 2, 3, (1 << 3) | 2, 1, (byte)'v'];
        var all = new byte[attribute.Length * 1_000_000];
        for (var i = 0; i < all.Length; i += attribute.Length)
        {
            attribute.CopyTo(all, i);
        }

        var bytes = Message(1, Message(2, Message(2, [.. span.ToByteArray(), .. all])));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var reduced = new Reducer(Received).ReduceTraces(bytes);

        Assert.Equal(1, Assert.Single(reduced.Observations).Calls);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Fields_nobody_knows_change_nothing()
    {
        var bytes = Traces(Resource(), Span(Served, "GET /")).ToByteArray();
        // Field 1000 of the request, a text of three bytes.
        byte[] more = [.. bytes, 0xC2, 0x3E, 3, 1, 2, 3];
        Assert.Equal(
            new Reducer(Received).ReduceTraces(bytes).Observations.Select(o => (o.Key, o.Calls)), new Reducer(Received).ReduceTraces(more).Observations.Select(o => (o.Key, o.Calls)));
    }

    [Fact]
    public void A_counter_sent_both_as_it_stands_and_as_it_grew_is_taken_as_each_says()
    {
        (string, object)[] place = [("code.function.name", "Shop.Orders.Place")];
        var reduced = new Reducer(Received).Reduce(Metrics(
            Resource(),
            Counter("airworthy.function.calls", AggregationTemporality.Cumulative, Point(40, place)),
            Counter("airworthy.function.calls", AggregationTemporality.Delta, Point(2, place)),
            Counter("airworthy.function.calls", AggregationTemporality.Unspecified, Point(41, place))));
        Assert.Equal([40L, 41L], reduced.Totals.Select(total => total.Value));
        Assert.Equal(2, Assert.Single(reduced.Observations).Calls);
    }

    [Fact]
    public void A_host_whose_clock_is_minutes_ahead_counts_there_and_one_that_is_an_hour_ahead_now()
    {
        var ahead = Span(Served, "GET /");
        ahead.EndTimeUnixNano = Nanos(Received.AddMinutes(9));
        var wrong = Span(Served, "GET /");
        wrong.EndTimeUnixNano = Nanos(Received.AddHours(1));

        var reduced = Reduce(ahead, wrong);

        Assert.Equal([Received.AddMinutes(9).Minute, Received.Minute], reduced.Observations.Select(o => o.Key.Minute.Minute));
        Assert.Equal(1, reduced.TimesReplaced);
    }

    private static Reduced Reduce(params Span[] spans) => new Reducer(Received).ReduceTraces(Traces(Resource(), spans).ToByteArray());

    private static byte[] Message(int field, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(content));
        }

        return stream.ToArray();
    }
}
