using System.Text.Json;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Airworthy.Cli.Tests.Servers;

/// <summary><c>airworthy db</c> on the folder of a server that runs, and on what is no such folder.</summary>
public sealed class DbVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-db-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_running_servers_database_is_checked_copied_and_written_out_but_not_made_smaller()
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync("/v1/traces", Failures.Span(new string('a', 40), "System.Exception: no\n   at Shop.A()"));
        var copy = Path.Combine(_folder, "copy.db");

        var check = await RunAsync("check", server.Data);
        var backup = await RunAsync("backup", server.Data, copy);
        var again = await RunAsync("backup", server.Data, copy);
        var export = await RunAsync("export", server.Data);
        var compact = await RunAsync("compact", server.Data);

        Assert.Equal((0, "The database is whole.\n"), (check.Exit, check.Out));
        Assert.Equal((0, 64, 0, 69), (backup.Exit, again.Exit, export.Exit, compact.Exit));
        Assert.Contains("is in use by another server", compact.Error, StringComparison.Ordinal);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
        var rows = export.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var sighting = rows.Single(row => row.GetProperty("table").GetString() == "sightings").GetProperty("row");
        Assert.Equal("System.Exception", sighting.GetProperty("exception_type").GetString());
        Assert.Equal(JsonValueKind.Object, sighting.GetProperty("version").ValueKind);
        Assert.True(sighting.GetProperty("seen_at").TryGetDateTimeOffset(out _));
    }

    [Fact]
    public async Task A_copy_is_a_database_that_is_made_smaller_and_what_does_not_agree_in_it_is_told()
    {
        await using (var server = await RunningServer.StartAsync())
        {
            Assert.Equal(0, (await RunAsync("backup", server.Data, Path.Combine(_folder, "airworthy.db"))).Exit);
        }

        var compact = await RunAsync("compact", _folder);
        await ChangeAsync("INSERT INTO incidents (id, identity, fingerprint, title, service, environment, source, first_seen, last_seen, episodes, versions, stack, status, answered) VALUES ('i', 'i', 'f', 't', 's', '', 'otlp', 0, 0, 3, '[]', '', 'Open', 0)");
        var check = await RunAsync("check", _folder);

        Assert.Equal(0, compact.Exit);
        Assert.Matches(@"^\d+\.\d MiB before, \d+\.\d MiB now\n$", compact.Out);
        Assert.Equal((1, "1 incidents whose episodes are not as many as counted\n"), (check.Exit, check.Out));
    }

    [Fact]
    public async Task What_is_no_database_is_one_sentence()
    {
        var none = await RunAsync("check", _folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "airworthy.db"), new string('x', 10_000), TestContext.Current.CancellationToken);
        var broken = await RunAsync("check", _folder);

        Assert.Equal((64, 65), (none.Exit, broken.Exit));
        Assert.Contains("there is no database in", none.Error, StringComparison.Ordinal);
        Assert.Contains("can't be read", Assert.Single(broken.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private Task<CliRun> RunAsync(string verb, string data, params string[] more) => CliRun.InAsync(_folder, ["db", verb, .. more, "--data", data]);

    private async Task ChangeAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "airworthy.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        // A test's own text.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
