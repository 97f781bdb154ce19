using System.Globalization;
using Airworthy.Model;
using Microsoft.Data.Sqlite;

namespace Airworthy.Git.Lines;

/// <summary>
/// Keeps edits in a SQLite file of its own. Any number of processes may share it; a write that is cut off leaves what was there before. A file
/// that is damaged or of another version is begun anew; one that can't be written is done without.
/// </summary>
internal sealed class EditFile(string path) : IEditCache
{
    // SQLite's own numbers: https://sqlite.org/rescode.html
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private Task _writing = Task.CompletedTask;

    public Dictionary<CommitId, StoredEdits> Read()
    {
        try
        {
            return File.Exists(path) ? ReadAll() : [];
        }
        catch (SqliteException e)
        {
            Discard(e);
            return [];
        }
    }

    public void Write(IReadOnlyList<(CommitEdits Edits, int Parents)> fresh, IReadOnlyList<CommitId> unreachable)
    {
        if (fresh.Count > 0 || unreachable.Count > 0)
        {
            _writing = _writing.ContinueWith(_ => WriteAll(fresh, unreachable), TaskScheduler.Default);
        }
    }

    public async ValueTask DisposeAsync() => await _writing;

    private Dictionary<CommitId, StoredEdits> ReadAll()
    {
        using var connection = Open();
        if (VersionOf(connection) != EditCodec.Version)
        {
            return [];
        }

        var edits = new Dictionary<CommitId, StoredEdits>();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT commit_id, parents, edits FROM edits";
        using var rows = select.ExecuteReader();
        while (rows.Read())
        {
            if (CommitId.TryParse(Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(0)), out var commit))
            {
                edits[commit] = new StoredEdits(rows.GetInt32(1), rows.GetFieldValue<byte[]>(2));
            }
        }

        return edits;
    }

    private void WriteAll(IReadOnlyList<(CommitEdits Edits, int Parents)> fresh, IReadOnlyList<CommitId> unreachable)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var connection = Open();
            using var transaction = connection.BeginTransaction();
            Prepare(connection);
            using (var insert = connection.CreateCommand())
            {
                insert.CommandText = "INSERT OR REPLACE INTO edits (commit_id, parents, edits) VALUES ($id, $parents, $edits)";
                var (id, parents, edits) = (insert.Parameters.Add("$id", SqliteType.Blob), insert.Parameters.Add("$parents", SqliteType.Integer), insert.Parameters.Add("$edits", SqliteType.Blob));
                foreach (var commit in fresh)
                {
                    id.Value = Convert.FromHexString(commit.Edits.Commit.Hex);
                    parents.Value = commit.Parents;
                    edits.Value = EditCodec.Encode(commit.Edits);
                    insert.ExecuteNonQuery();
                }
            }

            using (var delete = connection.CreateCommand())
            {
                delete.CommandText = "DELETE FROM edits WHERE commit_id = $id";
                var id = delete.Parameters.Add("$id", SqliteType.Blob);
                foreach (var commit in unreachable)
                {
                    id.Value = Convert.FromHexString(commit.Hex);
                    delete.ExecuteNonQuery();
                }
            }

            transaction.Commit();
        }
        catch (SqliteException e)
        {
            Discard(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that can't be written: the next run reads history again.
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

    private static void Prepare(SqliteConnection connection)
    {
        if (VersionOf(connection) != EditCodec.Version)
        {
            Run(
                connection,
                "DROP TABLE IF EXISTS edits; CREATE TABLE edits (commit_id BLOB PRIMARY KEY, parents INTEGER NOT NULL, edits BLOB NOT NULL) WITHOUT ROWID; "
                + string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {EditCodec.Version}"));
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
#pragma warning disable CA2100 // Constants of this class alone.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private void Discard(SqliteException e)
    {
        if (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            foreach (var file in new[] { path, path + "-wal", path + "-shm" })
            {
                File.Delete(file);
            }
        }
    }
}
