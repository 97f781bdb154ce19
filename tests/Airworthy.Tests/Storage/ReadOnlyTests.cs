using Airworthy.Telemetry.Otlp;
using Airworthy.Testing;
using Npgsql;
using Xunit;

namespace Airworthy.Tests.Storage;

public class ReadOnlyTests(PostgresCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_that_turns_read_only_acknowledges_nothing_and_takes_all_once_it_can_be_written_again()
    {
        await using var scratch = await ScratchStore.CreateAsync(Backend.Postgres, cluster);
        var receiver = new OtlpReceiver(scratch.Store.Telemetry, scratch.Time);
        var batch = OneSpan.Of("shop", 1, isJson: true);
        Assert.True((await SendAsync(OneSpan.Of("shop", 0, isJson: true))).IsAccepted);

        // As after a failover to a standby: the sessions end, and new ones can't write.
        await AdministerAsync(scratch.Connection!, "SET default_transaction_read_only = on");
        for (var i = 0; i < 3; i++)
        {
            var refused = await SendAsync(batch);
            Assert.Equal((OtlpCode.Unavailable, OtlpReceiver.StoreRetry), (refused.Code, refused.RetryAfter));
        }

        Assert.Equal(1, Assert.Single(await scratch.Store.Telemetry.TotalsAsync("shop", null, null, Cancel)).Calls);
        await AdministerAsync(scratch.Connection!, "RESET default_transaction_read_only");
        while (!(await SendAsync(batch)).IsAccepted)
        {
        }

        Assert.True((await SendAsync(batch)).IsAccepted);
        Assert.Equal(2, Assert.Single(await scratch.Store.Telemetry.TotalsAsync("shop", null, null, Cancel)).Calls);

        Task<OtlpAnswer> SendAsync(byte[] body) => receiver.ReceiveAsync(OtlpSignal.Traces, OtlpEncoding.Json, body, Cancel);
    }

    private static async Task AdministerAsync(string connection, string setting)
    {
        var database = new NpgsqlConnectionStringBuilder(connection) { Options = "-c default_transaction_read_only=off", Pooling = false };
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        foreach (var text in new[]
        {
            $"ALTER DATABASE {database.Database} {setting}",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        })
        {
            await using var command = source.CreateCommand(text);
            await command.ExecuteNonQueryAsync(Cancel);
        }
    }
}
