using Airworthy.Model;
using Airworthy.Storage;
using Airworthy.Telemetry;
using Airworthy.Telemetry.Durations;
using Airworthy.Testing;
using Airworthy.Tests.Telemetry;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Storage;

public class TelemetryStoreTests(PostgresCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Counts_add_up_over_batches_minutes_and_instances(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        Assert.True(await store.AppendAsync(Sent.Batch("a", [Sent.Calls(10, 1, instances: ["i1", "i2"]), Sent.Calls(5, minute: 1, instances: "i1")]), Cancel));
        Assert.True(await store.AppendAsync(Sent.Batch("b", [Sent.Calls(7, 2, instances: "i3"), Sent.Calls(1, function: "Shop.Prices.Of")]), Cancel));

        await scratch.ReopenAsync();
        var totals = await scratch.Store.Telemetry.TotalsAsync("shop", null, null, Cancel);
        Assert.Equal(
            [("Shop.Orders.Place", 22L, 3L, 3), ("Shop.Prices.Of", 1L, 0L, 0)],
            totals.Select(t => (t.Location.Function!, t.Calls, t.Bad, t.Instances)));
        Assert.All(totals, t => Assert.Equal(Sent.Version, t.Version));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_counter_counts_by_what_it_grew_also_after_a_restart(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        await scratch.Store.Telemetry.AppendAsync(Sent.Batch("a", totals: [Sent.Counter(100), Sent.Counter(3, "failures of one", countsFailures: true)]), Cancel);
        await scratch.ReopenAsync();
        await scratch.Store.Telemetry.AppendAsync(Sent.Batch("b", totals: [Sent.Counter(130, second: 60), Sent.Counter(7, "calls of two", second: 60)]), Cancel);

        var total = Assert.Single(await scratch.Store.Telemetry.TotalsAsync("shop", null, null, Cancel));
        Assert.Equal((137, 3, "probe", 1), (total.Calls, total.Bad, total.Source, total.Instances));
        Assert.Equal(37, Assert.Single(await scratch.Store.Telemetry.TotalsAsync("shop", Sent.Noon.AddMinutes(1), null, Cancel)).Calls);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Histograms_add_up_by_what_they_grew_and_count_the_requests_they_hold(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        TelemetryBatch Batch(string digest, int second, params DurationBucket[] buckets) => Sent.Batch(digest) with
        {
            Durations = [new ObservedDurations(Sent.Calls(0).Key with { Source = "probe" }, "two", DurationHistogram.Of([new DurationBucket(0, 10, 1)]))],
            RunningDurations =
            [
                new RunningDurations(
                    Sent.Calls(0, function: "Served").Key with { Source = "metric" }, "series", Sent.Noon.AddSeconds(second), DurationHistogram.Of(buckets), CountsCalls: true, IsBad: true, ["one"]),
            ],
        };
        await scratch.Store.Telemetry.AppendAsync(Batch("a", 10, new DurationBucket(-1, 10, 2), new DurationBucket(10, 20, 1)), Cancel);
        await scratch.ReopenAsync();
        await scratch.Store.Telemetry.AppendAsync(Batch("b", 20, new DurationBucket(-1, 10, 2), new DurationBucket(10, 20, 5)), Cancel);

        var totals = await scratch.Store.Telemetry.TotalsAsync("shop", null, null, Cancel);
        var served = Assert.Single(totals, total => total.Source == "metric");
        Assert.Equal((7, 7), (served.Calls, served.Bad));
        Assert.Equal([new DurationBucket(-1, 10, 2), new DurationBucket(10, 20, 5)], served.Durations.Buckets);
        Assert.Equal([new DurationBucket(0, 10, 2)], Assert.Single(totals, total => total.Source == "probe").Durations.Buckets);
        var places = await scratch.Store.Telemetry.PlacesAsync("shop", 0, Cancel);
        long[] asked = [.. places.Select(place => place.Id)];

        // Of some places alone they are the same, and of none there is nothing.
        var probe = Assert.Single(await scratch.Store.Telemetry.TotalsAsync("shop", null, null, Cancel, [places.Single(place => place.Source == "probe").Id]));
        Assert.Equal(("probe", 2L), (probe.Source, probe.Durations.Calls));
        Assert.Empty(await scratch.Store.Telemetry.TotalsAsync("shop", null, null, Cancel, []));
        Assert.Empty(await scratch.Store.Telemetry.TotalsAsync("other", null, null, Cancel, asked));
        Assert.Equal(
            [new DurationBucket(-1, 10, 2), new DurationBucket(0, 10, 2), new DurationBucket(10, 20, 5)],
            (await scratch.Store.Telemetry.DurationsAsync(asked, Sent.Noon.AddMinutes(-1), Sent.Noon, Cancel)).Buckets.OrderBy(bucket => bucket.Above));
        Assert.Empty((await scratch.Store.Telemetry.DurationsAsync(asked, Sent.Noon, Sent.Noon.AddDays(1), Cancel)).Buckets);

        // By instance they can be held against thresholds that are frozen later.
        var minutes = await scratch.Store.Telemetry.InstanceDurationsAsync(asked, Sent.Noon.AddMinutes(-1), Sent.Noon, Cancel);
        Assert.Equal(
            [("one", Sent.Noon, 7L, 5L), ("two", Sent.Noon, 2L, 0L)],
            minutes.Select(minute => (minute.Instance, minute.Minute, minute.Durations.Calls, minute.Durations.Exceeding(10).Surely)).Order());
        Assert.Empty(await scratch.Store.Telemetry.InstanceDurationsAsync(asked, Sent.Noon, Sent.Noon.AddDays(1), Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_counter_read_late_or_twice_adds_nothing_and_one_that_fell_began_anew(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        await store.AppendAsync(Sent.Batch("a", totals: [Sent.Counter(100, second: 20), Sent.Counter(100, second: 20)]), Cancel);
        await store.AppendAsync(Sent.Batch("b", totals: [Sent.Counter(90, second: 10)]), Cancel);
        Assert.Equal(100, Assert.Single(await store.TotalsAsync("shop", null, null, Cancel)).Calls);

        await store.AppendAsync(Sent.Batch("c", totals: [Sent.Counter(5, second: 30)]), Cancel);
        Assert.Equal(105, Assert.Single(await store.TotalsAsync("shop", null, null, Cancel)).Calls);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_statement_that_any_process_ran_ran_and_functions_never_called_are_known_too(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        var place = Sent.Counter(0).Key;
        var never = place with { Location = place.Location with { Function = "Shop.Orders.Never" } };
        await store.AppendAsync(Sent.Batch("a", totals: [Sent.Counter(9)], statements: [new(place, 0, [12, 13, 15], 0b001), new(never, 0, [20], 0)]), Cancel);
        await store.AppendAsync(Sent.Batch("b", statements: [new(place, 0, [12, 13, 15], 0b100), new(place with { Environment = "canary" }, 3, [16, 17], 0b01)]), Cancel);
        await store.AppendAsync(Sent.Batch("c", statements: [new(place, 3, [16, 17], 0)]), Cancel);

        Assert.Equal(
            [("Shop.Orders.Place", 9L, "12+ 13- 15+ 16+ 17-"), ("Shop.Orders.Never", 0L, "20-")],
            (await store.TotalsAsync("shop", null, null, Cancel)).Select(t =>
                (t.Location.Function!, t.Calls, string.Join(' ', t.Statements.Select(statement => $"{statement.Line}{(statement.Ran ? '+' : '-')}")))));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_build_with_other_probes_begins_anew(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var place = Sent.Counter(0).Key;
        await scratch.Store.Telemetry.AppendAsync(Sent.Batch("a", statements: [new(place, 0, [12, 13], 0b11)]), Cancel);
        await scratch.Store.Telemetry.AppendAsync(Sent.Batch("b", statements: [new(place, 0, [13, 14], 0b01)]), Cancel);

        Assert.Equal(
            [new StatementRun(13, true), new StatementRun(14, false)],
            Assert.Single(await scratch.Store.Telemetry.TotalsAsync("shop", null, null, Cancel)).Statements);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Minutes_are_told_by_instance_and_place_between_two_times(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        await store.AppendAsync(Sent.Batch("a", [Sent.Calls(10, bad: 1, minute: 0, instances: "one"), Sent.Calls(5, minute: 1, instances: "two")]), Cancel);
        await store.AppendAsync(Sent.Batch("b", [Sent.Calls(7, bad: 2, minute: 0, instances: "one"), Sent.Calls(4, function: "Shop.Other", minute: 2, instances: "one")]), Cancel);

        var places = await store.PlacesAsync("shop", after: 0, Cancel);
        Assert.Equal(["Shop.Orders.Place", "Shop.Other"], places.Select(place => place.Location.Function));
        Assert.Equal("Shop.Other", Assert.Single(await store.PlacesAsync("shop", places[0].Id, Cancel)).Location.Function);
        Assert.Empty(await store.PlacesAsync("till", after: 0, Cancel));

        var ids = places.Select(place => place.Id).ToList();
        Assert.Equal(
            [(0, "one", 17L, 3L), (1, "two", 5L, 0L), (2, "one", 4L, 0L)],
            (await store.MinutesAsync(ids, DateTimeOffset.MinValue, Sent.Noon.AddMinutes(2), Cancel)).Select(Told));
        Assert.Equal([(1, "two", 5L, 0L)], (await store.MinutesAsync(ids, Sent.Noon, Sent.Noon.AddMinutes(1), Cancel)).Select(Told));
        Assert.Empty(await store.MinutesAsync([], DateTimeOffset.MinValue, Sent.Noon.AddMinutes(2), Cancel));

        static (int Minute, string Instance, long Calls, long Bad) Told(ObservedMinute row) =>
            ((int)(row.Minute - Sent.Noon).TotalMinutes, row.Instance, row.Calls, row.Bad);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_counter_is_remembered_as_long_as_its_process_may_live(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        await store.AppendAsync(Sent.Batch("a", totals: [Sent.Counter(100)]), Cancel);
        scratch.Time.Advance(TelemetryStore.CounterWindow - TimeSpan.FromHours(2));
        await store.AppendAsync(Sent.Batch("b", totals: [Sent.Counter(101, second: 1)]), Cancel);
        scratch.Time.Advance(TelemetryStore.CounterWindow - TimeSpan.FromHours(2));
        await store.AppendAsync(Sent.Batch("c", totals: [Sent.Counter(102, second: 2)]), Cancel);
        Assert.Equal(102, Assert.Single(await store.TotalsAsync("shop", null, null, Cancel)).Calls);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_batch_sent_again_counts_once_also_after_a_restart(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var batch = Sent.Batch("a", [Sent.Calls(10)], [Sent.Exception()], [Sent.Arrived(0)]);
        Assert.True(await scratch.Store.Telemetry.AppendAsync(batch, Cancel));
        Assert.False(await scratch.Store.Telemetry.AppendAsync(batch, Cancel));
        await scratch.ReopenAsync();
        Assert.False(await scratch.Store.Telemetry.AppendAsync(batch, Cancel));

        Assert.Equal(10, Assert.Single(await scratch.Store.Telemetry.TotalsAsync("shop", null, null, Cancel)).Calls);
        Assert.Equal(1, Assert.Single(await scratch.Store.Telemetry.ArrivalsAsync(null, Cancel)).Spans);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_batch_is_remembered_for_its_window_only(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        await store.AppendAsync(Sent.Batch("a", [Sent.Calls(1)]), Cancel);
        scratch.Time.Advance(TelemetryStore.RepeatWindow - TimeSpan.FromMinutes(1));
        Assert.False(await store.AppendAsync(Sent.Batch("a", [Sent.Calls(1)]), Cancel));
        scratch.Time.Advance(TimeSpan.FromHours(2));
        Assert.True(await store.AppendAsync(Sent.Batch("a", [Sent.Calls(1)]), Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Totals_keep_to_their_times_and_their_service(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        await store.AppendAsync(
            Sent.Batch("a", [Sent.Calls(1, minute: 0), Sent.Calls(2, minute: 1), Sent.Calls(4, minute: 2), Sent.Calls(8, service: "till")]), Cancel);

        Assert.Equal(6, Assert.Single(await store.TotalsAsync("shop", Sent.Noon.AddMinutes(1), null, Cancel)).Calls);
        Assert.Equal(2, Assert.Single(await store.TotalsAsync("shop", Sent.Noon.AddMinutes(1), Sent.Noon.AddMinutes(2), Cancel)).Calls);
        Assert.Empty(await store.TotalsAsync("nobody", null, null, Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task An_exception_told_by_span_and_log_is_sighted_once(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        await store.AppendAsync(Sent.Batch("a", exceptions: [Sent.Exception()]), Cancel);
        await store.AppendAsync(Sent.Batch("b", exceptions: [Sent.Exception(type: "FormatException", stack: "shorter", signal: "log")]), Cancel);
        await store.AppendAsync(Sent.Batch("c", exceptions: [Sent.Exception(message: "another")]), Cancel);
        await store.AppendAsync(Sent.Batch("d", exceptions: [Sent.Exception(trace: null, span: null)]), Cancel);

        var sightings = await store.SightingsAfterAsync(0, 10, Cancel);
        Assert.Equal(["not a number", "another", "not a number"], sightings.Select(s => s.Sighting.Message));
        Assert.Equal(Sent.Exception(), sightings[0].Sighting);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Sightings_come_in_the_order_of_arrival_page_by_page(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            store.AppendAsync(Sent.Batch($"b{i}", exceptions: [Sent.Exception(message: $"{i}"), Sent.Exception(message: $"{i}'")]), Cancel)));

        var seen = new List<StoredSighting>();
        while (await store.SightingsAfterAsync(seen.Count == 0 ? 0 : seen[^1].Sequence, 7, Cancel) is { Count: > 0 } page)
        {
            seen.AddRange(page);
        }

        Assert.Equal(100, seen.Select(s => s.Sighting.Message).Distinct().Count());
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.Sequence < pair.Second.Sequence));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Arrivals_sum_up_by_service_and_version(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        await store.AppendAsync(Sent.Batch("a", arrivals: [Sent.Arrived(5, spans: 3), Sent.Arrived(1, spans: 1, version: "2")]), Cancel);
        await store.AppendAsync(Sent.Batch("b", arrivals: [Sent.Arrived(2, spans: 0, logs: 4), Sent.Arrived(0, service: "till")]), Cancel);

        var arrivals = await store.ArrivalsAsync("shop", Cancel);
        Assert.Equal(2, arrivals.Count);
        Assert.Equal(
            new ArrivalSummary("shop", "production", Sent.Version, Sent.Noon.AddMinutes(2), Sent.Noon.AddMinutes(5), 3, 4, 0, 3, 3), arrivals[0]);
        Assert.Equal(3, (await store.ArrivalsAsync(null, Cancel)).Count);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Text_of_any_kind_and_length_comes_back_as_it_was(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        var version = new ReportedVersion(new string('é', 512), "'; DROP TABLE sightings; --", null, string.Concat(Enumerable.Repeat("𝔘", 255)), "\t\n");
        var sighting = Sent.Exception(message: new string('\u20AC', 4096), stack: new string('x', 65536)) with { Version = version };
        var observation = Sent.Calls(1);
        observation = observation with { Key = observation.Key with { Version = version, Service = new string('€', 255) } };
        await store.AppendAsync(Sent.Batch("a", [observation], [sighting]), Cancel);

        Assert.Equal(sighting, Assert.Single(await store.SightingsAfterAsync(0, 1, Cancel)).Sighting);
        Assert.Equal(version, Assert.Single(await store.TotalsAsync(observation.Key.Service, null, null, Cancel)).Version);
    }

    [Fact]
    public async Task Two_nodes_on_one_database_lose_nothing_and_keep_the_order()
    {
        await using var scratch = await ScratchStore.CreateAsync(Backend.Postgres, cluster);
        await using var other = await scratch.OpenAnotherAsync();
        var appends = Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? scratch.Store : other).Telemetry.AppendAsync(
            Sent.Batch($"b{i / 4}", [Sent.Calls(1, function: $"F{i % 7}"), Sent.Calls(1, function: $"F{i % 5}", minute: 1)], [Sent.Exception(message: $"{i / 4}")]), Cancel));

        Assert.Equal(50, (await Task.WhenAll(appends)).Count(isNew => isNew));
        Assert.Equal(100, (await other.Telemetry.TotalsAsync("shop", null, null, Cancel)).Sum(t => t.Calls));
        Assert.Equal(50, (await other.Telemetry.SightingsAfterAsync(0, 100, Cancel)).Count);
    }

    [Fact]
    public async Task Any_batches_in_any_order_give_the_sums_of_their_parts()
    {
        await using var scratch = await ScratchStore.CreateAsync(Backend.Sqlite, cluster);
        var store = scratch.Store.Telemetry;
        var round = 0;
        var genCalls = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Long[0, 1000], (f, m, n) => (Function: $"F{f}", Minute: m, Calls: n));
        await genCalls.List[0, 10].List[1, 6].SampleAsync(
            async batches =>
            {
                var service = $"s{Interlocked.Increment(ref round)}";
                await Task.WhenAll(batches.Select((batch, i) => store.AppendAsync(
                    Sent.Batch($"{service}-{i}", [.. batch.Select(c => Sent.Calls(c.Calls, 0, c.Function, service, null, c.Minute))]), Cancel)));
                var totals = await store.TotalsAsync(service, null, null, Cancel);
                return batches.SelectMany(b => b).GroupBy(c => c.Function).All(
                    f => totals.Single(t => t.Location.Function == f.Key).Calls == f.Sum(c => c.Calls));
            },
            iter: 50,
            threads: 1);
    }
}
