using Airworthy.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Airworthy.Cli.Tests.Servers;

/// <summary><c>serve</c> where it can't: one sentence and a code, and nothing touched. A server that does start would run on, hence the time limits.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("airworthy-serve-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task A_database_of_a_newer_version_is_unavailable_and_left_alone()
    {
        await using (await Store.OpenSqliteAsync(_data, TimeProvider.System, TestContext.Current.CancellationToken))
        {
        }

        var file = Path.Combine(_data, "airworthy.db");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var journal = connection.CreateCommand();
            journal.CommandText = "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('Airworthy.Storage.Migrations.9999-future.sql', '2030-01-01')";
            await journal.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var before = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

        var run = await ServeAsync(_data).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((69, ""), (run.Exit, run.Out));
        Assert.Contains("newer version", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_server_on_the_same_data_is_refused_and_the_first_goes_on()
    {
        await using var first = await RunningServer.StartAsync();

        var second = await ServeAsync(first.Data).WaitAsync(TestContext.Current.CancellationToken);
        var answer = await first.AskAsync("incidents", "list");

        Assert.Equal((69, ""), (second.Exit, second.Out));
        Assert.Contains("in use by another server", Assert.Single(second.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(0, answer.Exit);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("-1")]
    [InlineData("1000001")]
    [InlineData("many")]
    public async Task A_number_of_request_heads_that_is_none_is_refused(string count)
    {
        var run = await CliRun.InAsync("/", "serve", "--data", _data, "--request-heads", count).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((64, ""), (run.Exit, run.Out));
        Assert.Contains($"--request-heads '{count}' is no count; give a number from 0 to 1000000", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_data));
    }

    private static Task<CliRun> ServeAsync(string data) => CliRun.InAsync(
        "/", "serve", "--data", data, "--http", "http://127.0.0.1:0", "--otlp-grpc", "http://127.0.0.1:0", "--otlp-http", "http://127.0.0.1:0");
}
