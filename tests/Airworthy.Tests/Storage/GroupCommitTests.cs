using Airworthy.Model;
using Airworthy.Storage;
using Airworthy.Testing;
using Airworthy.Tests.Telemetry;
using Xunit;

namespace Airworthy.Tests.Storage;

public class GroupCommitTests(PostgresCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_write_that_fails_takes_no_other_with_it(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var store = scratch.Store;

        // An answer to an incident that is not there breaks a reference; it is queued among good writes.
        var nowhere = new Attribution(AttributionVerdict.NotAttributable, "?", 0, new DeployedRevision(null, null, false), [], []);
        var writes = Enumerable.Range(0, 40).Select(i => i % 10 == 3
            ? store.Incidents.AttributeAsync(Sent.Incident($"nobody-{i}"), null, nowhere, Cancel)
            : store.Telemetry.AppendAsync(Sent.Batch($"b{i}", [Sent.Calls(1)]), Cancel)).ToArray();
        await Task.WhenAll(writes).ContinueWith(_ => { }, Cancel, TaskContinuationOptions.None, TaskScheduler.Default);

        Assert.Equal(4, writes.Count(write => write.IsFaulted));
        Assert.All(writes.Where(write => write.IsFaulted), write => Assert.IsType<StorageException>(write.Exception!.InnerException));
        Assert.Equal(36, Assert.Single(await store.Telemetry.TotalsAsync("shop", null, null, Cancel)).Calls);
    }

    [Fact]
    public async Task Writes_that_wait_are_done_before_the_store_closes()
    {
        await using var scratch = await ScratchStore.CreateAsync(Backend.Sqlite, cluster);
        var writes = Enumerable.Range(0, 100).Select(i => scratch.Store.Telemetry.AppendAsync(Sent.Batch($"b{i}", [Sent.Calls(1)]), Cancel)).ToArray();
        await scratch.ReopenAsync();
        Assert.True((await Task.WhenAll(writes)).All(isNew => isNew));
        Assert.Equal(100, Assert.Single(await scratch.Store.Telemetry.TotalsAsync("shop", null, null, Cancel)).Calls);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var directory = Directory.CreateTempSubdirectory("airworthy-closed-").FullName;
        var store = await Store.OpenSqliteAsync(directory, TimeProvider.System, Cancel);
        await store.DisposeAsync();
        var refusal = await Assert.ThrowsAsync<StorageException>(() => store.Telemetry.AppendAsync(Sent.Batch("a", [Sent.Calls(1)]), Cancel));
        Assert.Contains("closing", refusal.Message, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }
}
