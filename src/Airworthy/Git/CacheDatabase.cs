using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Airworthy.Git;

/// <summary>
/// A SQLite file for what can always be found again. Any number of processes may share it; a write that is cut off leaves what was there before. A
/// file that is damaged or of another version is begun anew; one that can't be written is done without.
/// </summary>
/// <param name="path">The file; its folder is made when it is first written.</param>
/// <param name="version">Counts up with every change of the form, or of what the content means.</param>
/// <param name="tables">Makes the tables, in SQL.</param>
/// <param name="mostBytes">A larger file is begun anew.</param>
internal sealed class CacheDatabase(string path, int version, string tables, long mostBytes = long.MaxValue) : IAsyncDisposable
{
    // SQLite's own numbers: https://sqlite.org/rescode.html
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly Lock _queue = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>What <paramref name="read"/> finds; null when nothing is kept, or it can't be read.</summary>
    public T? Read<T>(Func<SqliteConnection, T> read)
        where T : class
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            using var connection = Open();
            return VersionOf(connection) == version ? read(connection) : null;
        }
        catch (SqliteException e)
        {
            Discard(e);
            return null;
        }
    }

    /// <summary>Writes in the background, in one transaction; ends by the time the file is disposed.</summary>
    public void Write(Action<SqliteConnection> write)
    {
        lock (_queue)
        {
            _writing = _writing.ContinueWith(_ => WriteNow(write), TaskScheduler.Default);
        }
    }

    public async ValueTask DisposeAsync() => await _writing;

    private void WriteNow(Action<SqliteConnection> write)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (File.Exists(path) && new FileInfo(path).Length > mostBytes)
            {
                Delete();
            }

            using var connection = Open();
            using var transaction = connection.BeginTransaction();
            if (VersionOf(connection) != version)
            {
                Run(connection, $"{tables}; " + string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));
            }

            write(connection);
            transaction.Commit();
        }
        catch (SqliteException e)
        {
            Discard(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that can't be written: the next run finds it all again.
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA cell_size_check = ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static long VersionOf(SqliteConnection connection)
    {
        using var version = connection.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        return (long)version.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this assembly alone.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private void Discard(SqliteException e)
    {
        if (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            Delete();
        }
    }

    private void Delete()
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
        {
            File.Delete(file);
        }
    }
}
