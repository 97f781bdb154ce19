using Airworthy.Storage;
using Airworthy.Tests.Telemetry;
using Xunit;

namespace Airworthy.Tests.Storage;

/// <summary>Names that senders make up without end are counted as one.</summary>
public sealed class RowBudgetTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airworthy-budget-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Places_beyond_the_limit_are_counted_as_one_and_no_call_is_lost()
    {
        await using var database = await Database.OpenAsync(SqliteDialect.Open(_directory), TimeProvider.System, Cancel);
        var store = new TelemetryStore(database, mostPlaces: 5);
        await store.AppendAsync(Sent.Batch("many", [.. Enumerable.Range(0, 12).Select(i => Sent.Calls(10, function: $"F{i}"))]), Cancel);
        await new TelemetryStore(database, mostPlaces: 5).AppendAsync(Sent.Batch("more", [Sent.Calls(1, function: "F0"), Sent.Calls(2, function: "F99")]), Cancel);

        var totals = await store.TotalsAsync("shop", null, null, Cancel);
        Assert.Equal(6, totals.Count);
        Assert.Equal(123, totals.Sum(total => total.Calls));
        Assert.Equal(72, totals.Single(total => total.Location.Operation == ObservationKeys.Overflow).Calls);
        Assert.Equal(11, totals.Single(total => total.Location.Function == "F0").Calls);
    }

    [Fact]
    public async Task Versions_and_services_beyond_the_limit_are_told_as_one()
    {
        await using var database = await Database.OpenAsync(SqliteDialect.Open(_directory), TimeProvider.System, Cancel);
        var store = new TelemetryStore(database, mostVersions: 3);
        await store.AppendAsync(Sent.Batch("versions", arrivals: [.. Enumerable.Range(0, 9).Select(i => Sent.Arrived(0, version: $"1.{i}"))]), Cancel);
        await store.AppendAsync(Sent.Batch("services", arrivals: [.. Enumerable.Range(0, 50).Select(i => Sent.Arrived(0, service: $"s{i}"))]), Cancel);

        var arrivals = await store.ArrivalsAsync(null, Cancel);
        Assert.Equal(4, arrivals.Count(arrival => arrival.Service == "shop"));
        Assert.Equal(6, arrivals.Single(arrival => arrival.Service == "shop" && arrival.Version.ServiceVersion == ObservationKeys.Overflow).Spans);
        Assert.Equal(59, arrivals.Sum(arrival => arrival.Spans));
        Assert.InRange(arrivals.Count, 30, 32);
        Assert.Single(arrivals, arrival => arrival.Service == ObservationKeys.Overflow);
    }
}
