using Airworthy.Telemetry;
using Airworthy.Telemetry.Durations;
using Airworthy.Testing;
using Airworthy.Tests.Telemetry;
using Xunit;

namespace Airworthy.Tests.Storage;

public class RollUpTests(PostgresCluster cluster)
{
    private static readonly RetentionTerms s_terms = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Old_minutes_become_hours_and_days_while_sums_stay_and_open_places_keep_their_minutes(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store.Telemetry;
        var minutes = Enumerable.Range(0, 150).ToArray();
        await store.AppendAsync(Sent.Batch("closed", [.. minutes.Select(minute => Sent.Calls(10, 1, minute: minute, instances: ["one", "two"]))]), Cancel);
        await store.AppendAsync(
            Sent.Batch("open", [.. minutes.Select(minute => Sent.Calls(10, 1, function: "Shop.Open", minute: minute, instances: "one"))]) with
            {
                Durations = [.. minutes.Select(minute => new ObservedDurations(Sent.Calls(0, minute: minute).Key, "one", DurationHistogram.Of([new DurationBucket(0, 10, 2)])))],
            },
            Cancel);
        var places = await store.PlacesAsync("shop", 0, Cancel);
        var open = places.Single(place => place.Location.Function == "Shop.Open").Id;
        var before = await TotalsAsync(store);

        Assert.Equal(0, await scratch.Store.Upkeep.RollUpAsync(s_terms, new HashSet<long> { open }, Cancel));
        Assert.Equal(150, (await store.InstanceDurationsAsync([.. places.Select(place => place.Id)], Sent.Noon.AddDays(-1), Sent.Noon.AddDays(1), Cancel)).Count);
        scratch.Time.Advance(TimeSpan.FromDays(31));
        await scratch.Store.Upkeep.RollUpAsync(s_terms, new HashSet<long> { open }, Cancel);

        Assert.Equal(before, await TotalsAsync(store));
        var rows = await RowsAsync(store, places);
        Assert.Equal(150, rows.Count(row => row.Place == open));
        Assert.Equal([0, 0, 1, 1, 2, 2], rows.Where(row => row.Place != open).Select(row => (row.Minute - Sent.Noon).TotalHours));
        Assert.Equal(300, (await DurationsAsync()).Calls);
        Assert.Equal(240, (await store.DurationsAsync([.. places.Select(place => place.Id)], Sent.Noon.AddMinutes(-1), Sent.Noon.AddHours(1), Cancel)).Calls);

        // Which instance was how slow is kept by the minute or not at all.
        Assert.Empty(await store.InstanceDurationsAsync([.. places.Select(place => place.Id)], Sent.Noon.AddDays(-1), Sent.Noon.AddDays(1), Cancel));

        // What comes late is taken in by the next rolling.
        await store.AppendAsync(Sent.Batch("late", [Sent.Calls(7, minute: 61, instances: "one")]), Cancel);
        await scratch.Store.Upkeep.RollUpAsync(s_terms, new HashSet<long> { open }, Cancel);
        Assert.Equal(6, (await RowsAsync(store, places)).Count(row => row.Place != open));

        scratch.Time.Advance(TimeSpan.FromDays(160));
        await scratch.Store.Upkeep.RollUpAsync(s_terms, new HashSet<long> { open }, Cancel);
        Assert.Equal([1507L, 1500L], (await RowsAsync(store, places)).Where(row => row.Place != open).Select(row => row.Calls).OrderDescending());

        scratch.Time.Advance(TimeSpan.FromDays(300));
        await scratch.Store.Upkeep.RollUpAsync(s_terms, new HashSet<long> { open }, Cancel);
        Assert.Equal(150, (await RowsAsync(store, places)).Count);

        Task<DurationHistogram> DurationsAsync() => store.DurationsAsync([.. places.Select(place => place.Id)], Sent.Noon.AddDays(-1), Sent.Noon.AddDays(1), Cancel);
    }

    [Fact]
    public async Task Telemetry_is_taken_in_while_minutes_are_rolled_up()
    {
        await using var scratch = await ScratchStore.CreateAsync(Backend.Sqlite, cluster);
        var store = scratch.Store.Telemetry;
        await store.AppendAsync(
            Sent.Batch("old", [.. Enumerable.Range(0, 2_000).Select(i => Sent.Calls(1, function: $"F{i % 200}", minute: i / 200, instances: "one"))]), Cancel);
        scratch.Time.Advance(TimeSpan.FromDays(31));

        var rolling = scratch.Store.Upkeep.RollUpAsync(s_terms, new HashSet<long>(), Cancel);
        var taken = 0;
        while (!rolling.IsCompleted)
        {
            Assert.True(await store.AppendAsync(Sent.Batch($"new {taken++}", [Sent.Calls(1)]), Cancel));
        }

        Assert.InRange(await rolling, 200, int.MaxValue);
        Assert.InRange(taken, 2, int.MaxValue);
        Assert.Equal(2_000 + taken, (await store.TotalsAsync("shop", null, null, Cancel)).Sum(total => total.Calls));
    }

    private static async Task<IReadOnlyList<(string?, long, long, int, long)>> TotalsAsync(ITelemetryStore store) =>
        [.. (await store.TotalsAsync("shop", null, null, Cancel)).Select(total => (total.Location.Function, total.Calls, total.Bad, total.Instances, total.Durations.Calls)).Order()];

    private static Task<IReadOnlyList<ObservedMinute>> RowsAsync(ITelemetryStore store, IReadOnlyList<ObservedPlace> places) =>
        store.MinutesAsync([.. places.Select(place => place.Id)], Sent.Noon.AddDays(-1), Sent.Noon.AddDays(1), Cancel);
}
