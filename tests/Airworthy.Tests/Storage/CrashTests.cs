using System.Diagnostics;
using Airworthy.Storage;
using Airworthy.Testing;
using Airworthy.Tests.Telemetry;
using Xunit;

namespace Airworthy.Tests.Storage;

/// <summary>Acknowledged means durable: a process that appends and says so is killed, and all it said must be there.</summary>
public sealed class CrashTests(PostgresCluster cluster) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airworthy-crash-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Every_acknowledged_batch_survives_a_kill_and_counts_once(Backend backend)
    {
        var target = backend == Backend.Sqlite ? _directory : await cluster.CreateDatabaseAsync();
        var acknowledged = new List<string>();
        for (var life = 1; life <= 3; life++)
        {
            acknowledged.AddRange(await AppendUntilKilledAsync(backend, target, $"life{life}", acknowledgements: 150));
        }

        await using var store = backend == Backend.Sqlite
            ? await Store.OpenSqliteAsync(target, TimeProvider.System, Cancel)
            : await Store.OpenPostgresAsync(target, TimeProvider.System, Cancel);
        var before = Assert.Single(await store.Telemetry.TotalsAsync("shop", null, null, Cancel)).Calls;
        Assert.InRange(before, acknowledged.Count, long.MaxValue);

        foreach (var digest in acknowledged)
        {
            Assert.False(await store.Telemetry.AppendAsync(Sent.Batch(digest, [Sent.Calls(1)]), Cancel), $"{digest} was acknowledged and lost");
        }

        Assert.Equal(before, (await store.Telemetry.TotalsAsync("shop", null, null, Cancel)).Sum(t => t.Calls));
    }

    private static async Task<List<string>> AppendUntilKilledAsync(Backend backend, string target, string life, int acknowledgements)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Airworthy.CrashWriter.dll");
        var start = new ProcessStartInfo("dotnet", [program, backend == Backend.Sqlite ? "sqlite" : "postgres", target, life])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var writer = Process.Start(start)!;
        var acknowledged = new List<string>();
        while (await writer.StandardOutput.ReadLineAsync(Cancel) is { } digest)
        {
            acknowledged.Add(digest);
            if (acknowledged.Count == acknowledgements)
            {
                writer.Kill();
            }
        }

        await writer.WaitForExitAsync(Cancel);
        Assert.InRange(acknowledged.Count, acknowledgements, int.MaxValue);

        // The last line may have been cut off by the kill.
        return acknowledged[..^1];
    }
}
