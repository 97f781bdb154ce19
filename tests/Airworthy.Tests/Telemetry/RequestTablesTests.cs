using System.Globalization;
using Airworthy.Telemetry.Otlp;
using Airworthy.Telemetry.Protos;
using Airworthy.Telemetry.Reduction;
using Airworthy.Telemetry;
using Airworthy.Testing;
using Airworthy.Tests.Telemetry.Wire;
using CsCheck;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using SpanKind = Airworthy.Telemetry.Protos.Span.Types.SpanKind;
using Xunit;
using static Airworthy.Tests.Telemetry.OtlpRequests;

namespace Airworthy.Tests.Telemetry;

/// <summary>What is kept from one request to the next changes nothing of what is counted, and does not grow.</summary>
public sealed class RequestTablesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_request_counts_after_others_as_it_does_alone() => Gen.Select(PlainSpanTests.Requests, Gen.OneOf("", "1.0", "2.0"), Gen.Int[0, 2]).Array[1, 12].Sample(
        requests =>
        {
            var tables = new RequestTables();
            var held = new List<(Reduced Reduced, string Told)>();
            foreach (var (request, version, then) in requests)
            {
                foreach (var resource in request.ResourceSpans)
                {
                    resource.Resource.Attributes.AddRange(Resource(("service.version", version)).Attributes);
                }

                var bytes = request.ToByteArray();
                var after = new Reducer(Received, tables: tables).ReduceTraces(bytes);
                var told = PlainSpanTests.Told(after);
                Assert.Equal(PlainSpanTests.Told(new Reducer(Received, tables: new RequestTables()).ReduceTraces(bytes)), told);
                if (then == 0)
                {
                    after.Return();
                }
                else
                {
                    held.Add((after, told));
                }
            }

            // What was not given back is still what it was.
            Assert.All(held, one => Assert.Equal(one.Told, PlainSpanTests.Told(one.Reduced)));
        },
        iter: 500);

    [Fact]
    public void A_request_that_repeats_the_last_one_allocates_next_to_nothing()
    {
        // Traces of which none is chosen, as of most behind a flood.
        var choice = new Airworthy.Telemetry.Workflows.TraceChoice(TimeProvider.System);
        choice.Next(int.MaxValue);
        var chosen = Enumerable.Range(1, int.MaxValue).Select(i => Convert.FromHexString(i.ToString("x32", CultureInfo.InvariantCulture)))
            .First(id => !Airworthy.Telemetry.Workflows.TraceChoice.Chooses(Convert.ToHexString(id), 1 << 10));
        var spans = Enumerable.Range(0, 500).Select(i =>
        {
            var span = Span(SpanKind.Internal, "work", ("code.function.name", $"Shop.Orders.M{i % 28}"), ("code.file.path", "src/Orders.cs"), ("code.line.number", i % 28));
            span.TraceId = ByteString.CopyFrom(chosen);
            return span;
        });
        var bytes = Traces(Resource(("service.instance.id", "one")), [.. spans]).ToByteArray();
        var tables = new RequestTables();
        new Reducer(Received, choice, tables).ReduceTraces(bytes).Return();

        var least = Enumerable.Range(0, 20).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            new Reducer(Received, choice, tables).ReduceTraces(bytes).Return();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.InRange(least, 0, 499);
    }

    [Fact]
    public void A_million_places_that_never_came_before_do_not_pile_up()
    {
        for (var request = 0; request < 100; request++)
        {
            var spans = Enumerable.Range(0, 10_000).Select(i => Span(SpanKind.Server, $"{request} {i}")).ToArray();
            var reduced = new Reducer(Received).ReduceTraces(Traces(Resource(("service.version", request)), spans).ToByteArray());
            Assert.Equal(10_000, reduced.Observations.Count);
            reduced.Return();

            var kept = RequestTables.Rent();
            Assert.InRange(kept.Series.Count, 0, 2 * Reducer.MaxKeys);
            kept.Return();
        }
    }

    [Fact]
    public void Senders_beyond_what_a_request_may_hold_are_told_and_not_counted()
    {
        var request = new ExportTraceServiceRequest();
        for (var i = 0; i < RequestTables.MaxSenders + 5; i++)
        {
            request.ResourceSpans.AddRange(Traces(Resource(("service.version", i)), Span(SpanKind.Internal, "work")).ResourceSpans);
        }

        var reduced = new Reducer(Received, tables: new RequestTables()).ReduceTraces(request.ToByteArray());

        Assert.Equal(RequestTables.MaxSenders, reduced.Arrivals.Count);
        Assert.Equal(5, reduced.Rejected);
        Assert.Contains("senders", reduced.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_for_its_commit_is_not_used_for_another_request_also_when_its_sender_gave_up()
    {
        var store = new SlowStore();
        var receiver = new OtlpReceiver(store, new FakeTimeProvider(Received));
        using var gaveUp = new CancellationTokenSource();
        var given = receiver.ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Protobuf, Request("given up"), gaveUp.Token);
        var waiting = receiver.ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Protobuf, Request("waiting"), Cancel);
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        store.IsSlow = false;
        for (var i = 0; i < 20; i++)
        {
            await receiver.ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Protobuf, Request($"other {i}"), Cancel);
        }

        Assert.Equal(["given up", "waiting"], store.Waiting.Select(batch => Assert.Single(batch.Observations).Key.Location.Operation));
        store.Done.SetResult(true);
        Assert.True((await waiting).IsAccepted);
    }

    private static byte[] Request(string name) => Traces(Resource(), Span(SpanKind.Server, name)).ToByteArray();

    /// <summary>A store whose commits wait until they are let through.</summary>
    private sealed class SlowStore : StubStore
    {
        public bool IsSlow { get; set; } = true;

        public List<TelemetryBatch> Waiting { get; } = [];

        public TaskCompletionSource<bool> Done { get; } = new();

        public override Task<bool> AppendAsync(TelemetryBatch batch, CancellationToken cancel)
        {
            if (!IsSlow)
            {
                return Task.FromResult(true);
            }

            Waiting.Add(batch);
            return Done.Task.WaitAsync(cancel);
        }
    }
}
