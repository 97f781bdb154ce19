using System.Data.Common;
using Airworthy.Model;
using DbUp;
using DbUp.Builder;
using Microsoft.Data.Sqlite;

namespace Airworthy.Storage;

/// <summary>One SQLite file in a folder that one server holds.</summary>
internal sealed class SqliteDialect : Dialect
{
    private readonly FileStream _lock;
    private readonly string _connectionString;

    private SqliteDialect(string file, FileStream heldLock)
    {
        Name = file;
        _lock = heldLock;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
    }

    public override string Name { get; }

    public override bool IsShared => false;

    /// <summary>Takes the folder for this process, making it when it is not there.</summary>
    /// <exception cref="StorageException">It can't be written, or another server holds it.</exception>
    public static SqliteDialect Open(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(directory, e);
        }

        var lockFile = Path.Combine(directory, "airworthy.lock");
        try
        {
            // The lock ends with the process, however it ends. The file stays.
            var held = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new SqliteDialect(Path.Combine(directory, "airworthy.db"), held);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(directory, e);
        }
        catch (IOException e) when (File.Exists(lockFile))
        {
            throw new StorageException(
                Fault.Unavailable, $"the data directory '{directory}' is in use by another server: stop it, or give this one its own --data", e);
        }
        catch (IOException e)
        {
            throw Unwritable(directory, e);
        }
    }

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancel)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancel);
            await using var pragmas = connection.CreateCommand();
            pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
            await pragmas.ExecuteNonQueryAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The folder is held already.</summary>
    public override Task<DbConnection> ConnectToMigrateAsync(CancellationToken cancel) => ConnectAsync(cancel);

    public override UpgradeEngineBuilder Migrations() => DeployChanges.To.SqliteDatabase(_connectionString);

    public override void Dispose()
    {
        using (var connection = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _lock.Dispose();
    }

    private static StorageException Unwritable(string directory, Exception cause) => new(
        Fault.Unavailable, $"the data directory '{directory}' can't be written: give one that can with --data", cause);
}
