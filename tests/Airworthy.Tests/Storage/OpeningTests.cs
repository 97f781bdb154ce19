using Airworthy.Model;
using Airworthy.Storage;
using Airworthy.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Airworthy.Tests.Storage;

/// <summary>A store that can't be opened says why in one sentence.</summary>
public sealed class OpeningTests(PostgresCluster cluster) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airworthy-open-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_missing_folder_is_made()
    {
        var nested = Path.Combine(_directory, "a", "b");
        await using var store = await Store.OpenSqliteAsync(nested, TimeProvider.System, Cancel);
        Assert.True(File.Exists(Path.Combine(nested, "airworthy.db")));
    }

    [Fact]
    public async Task A_folder_held_by_another_server_is_refused_until_that_one_ends()
    {
        await using (await Store.OpenSqliteAsync(_directory, TimeProvider.System, Cancel))
        {
            var refusal = await Assert.ThrowsAsync<StorageException>(() => Store.OpenSqliteAsync(_directory, TimeProvider.System, Cancel));
            Assert.Equal(Fault.Unavailable, refusal.Fault);
            Assert.Contains("in use by another server", refusal.Message, StringComparison.Ordinal);
        }

        await using var after = await Store.OpenSqliteAsync(_directory, TimeProvider.System, Cancel);
    }

    [Fact]
    public async Task A_path_below_a_file_can_not_be_written()
    {
        var file = Path.Combine(_directory, "file");
        await File.WriteAllTextAsync(file, "", Cancel);
        await AssertUnwritableAsync(Path.Combine(file, "data"));
        await AssertUnwritableAsync("/proc/airworthy");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "airworthy.db"), new string('x', 8192), Cancel);
        var refusal = await Assert.ThrowsAsync<StorageException>(() => Store.OpenSqliteAsync(_directory, TimeProvider.System, Cancel));
        Assert.Contains("can't be opened", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_SQLite_database_of_a_newer_version_is_refused_and_left_alone()
    {
        await using (await Store.OpenSqliteAsync(_directory, TimeProvider.System, Cancel))
        {
        }

        var file = Path.Combine(_directory, "airworthy.db");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var journal = connection.CreateCommand();
            journal.CommandText = "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('Airworthy.Storage.Migrations.9999-future.sql', '2030-01-01')";
            await journal.ExecuteNonQueryAsync(Cancel);
        }

        await AssertNewerAsync(() => Store.OpenSqliteAsync(_directory, TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task A_PostgreSQL_database_of_a_newer_version_is_refused()
    {
        var connection = await cluster.CreateDatabaseAsync();
        await using (await Store.OpenPostgresAsync(connection, TimeProvider.System, Cancel))
        {
        }

        await using (var source = NpgsqlDataSource.Create(connection))
        {
            await using var journal = source.CreateCommand(
                "INSERT INTO schemaversions (scriptname, applied) VALUES ('Airworthy.Storage.Migrations.9999-future.sql', now())");
            await journal.ExecuteNonQueryAsync(Cancel);
        }

        await AssertNewerAsync(() => Store.OpenPostgresAsync(connection, TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task Two_nodes_may_open_an_empty_PostgreSQL_database_at_once()
    {
        var connection = await cluster.CreateDatabaseAsync();
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.OpenPostgresAsync(connection, TimeProvider.System, Cancel)));
        foreach (var store in stores)
        {
            Assert.Equal(0, await store.Incidents.PositionAsync(Cancel));
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_PostgreSQL_that_does_not_answer_is_named_without_its_password()
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(() => Store.OpenPostgresAsync(
            $"Host={_directory};Database=db;Username=me;Password=secret;Timeout=2", TimeProvider.System, Cancel));
        Assert.Equal(Fault.Unavailable, refusal.Fault);
        Assert.Contains("db", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_a_usage_fault()
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(() => Store.OpenPostgresAsync("nonsense;;=", TimeProvider.System, Cancel));
        Assert.Equal(Fault.Usage, refusal.Fault);
    }

    private static async Task AssertUnwritableAsync(string directory)
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(() => Store.OpenSqliteAsync(directory, TimeProvider.System, Cancel));
        Assert.Equal(Fault.Unavailable, refusal.Fault);
        Assert.Contains("can't be written", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task AssertNewerAsync(Func<Task<Store>> open)
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(open);
        Assert.Equal(Fault.Unavailable, refusal.Fault);
        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("9999-future.sql", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }
}
