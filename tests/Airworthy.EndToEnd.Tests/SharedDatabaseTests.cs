using System.Globalization;
using Airworthy.Testing;
using Npgsql;
using Xunit;

namespace Airworthy.EndToEnd.Tests;

/// <summary>Two servers on one PostgreSQL share the work and double nothing.</summary>
public sealed class SharedDatabaseTests : IAsyncDisposable
{
    private readonly PostgresCluster _cluster = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-shared-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Each_takes_telemetry_and_answers_while_one_acts_and_the_other_goes_on_when_it_dies()
    {
        var (repository, _) = Shop.Build();
        using var _repository = repository;
        var now = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture);
        var connection = await _cluster.CreateDatabaseAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "connection"), connection, Cancel);
        await using var one = await StartAsync("one", repository.Folder);
        await using var two = await StartAsync("two", repository.Folder);
        var first = new LoadedSender("first");
        var second = new LoadedSender("second");

        var sending = first.SendUntilGoneAsync(one.Otlp, Cancel);
        var other = second.SendUntilGoneAsync(two.Otlp, Cancel);
        foreach (var trace in Enumerable.Range(1, 6))
        {
            // The same batch to both, as a sender does that lost an answer and found another server.
            await one.SendTracesAsync(Shop.Failure(repository.Head, trace, at: now));
            await two.SendTracesAsync(Shop.Failure(repository.Head, trace, at: now));
        }

        foreach (var server in new[] { one, two })
        {
            await server.GetOnceAsync("api/incidents", text =>
                text.Contains("\"episodes\":6", StringComparison.Ordinal) && text.Contains("\"verdict\":\"attributed\"", StringComparison.Ordinal));
        }

        Assert.Equal((1L, 1L, 1L), await ConsequencesAsync(connection));

        // The first began, so it holds the lease; what comes now is answered by the other, once the lease is over.
        await one.KillAsync();
        await sending;
        await two.SendTracesAsync(Shop.Failure(repository.Head, 9, "Another failure", at: now).Replace("Shop.Coupons.Percent", "Shop.Prices.Total", StringComparison.Ordinal));
        await two.GetOnceAsync("api/incidents", text => text.Contains("Another failure", StringComparison.Ordinal));
        await two.KillAsync();
        await other;

        await using var third = await StartAsync("three", repository.Folder);
        Assert.InRange(await first.CountedAsync(third.Http, Cancel), first.Acknowledged, first.Sent.Count);
        Assert.InRange(await second.CountedAsync(third.Http, Cancel), second.Acknowledged, second.Sent.Count);
        Assert.True(first.Acknowledged > 0 && second.Acknowledged > 0);
    }

    private Task<ServerProcess> StartAsync(string name, string repository) =>
        ServerProcess.StartAsync(Path.Combine(_folder, name), repository, Cancel, "--database", $"file:{Path.Combine(_folder, "connection")}");

    /// <summary>Answers given, lessons written, and steps by which changes became suspect.</summary>
    private static async Task<(long Answers, long Lessons, long Suspects)> ConsequencesAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(
            "SELECT (SELECT COUNT(*) FROM attributions), (SELECT COUNT(*) FROM lessons), (SELECT COUNT(*) FROM transitions WHERE to_state = 'Suspect')");
        await using var row = await command.ExecuteReaderAsync(Cancel);
        await row.ReadAsync(Cancel);
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }
}
