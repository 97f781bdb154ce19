using Airworthy.Model;
using Microsoft.Data.Sqlite;

namespace Airworthy.Git.Lines;

/// <summary>Keeps edits in a file of its own.</summary>
internal sealed class EditFile(string path) : IEditCache
{
    private readonly CacheDatabase _file = new(
        path,
        EditCodec.Version,
        "DROP TABLE IF EXISTS edits; CREATE TABLE edits (commit_id BLOB PRIMARY KEY, parents INTEGER NOT NULL, edits BLOB NOT NULL) WITHOUT ROWID");

    public Dictionary<CommitId, StoredEdits> Read() => _file.Read(ReadAll) ?? [];

    public void Write(IReadOnlyList<(CommitEdits Edits, int Parents)> fresh, IReadOnlyList<CommitId> unreachable)
    {
        if (fresh.Count > 0 || unreachable.Count > 0)
        {
            _file.Write(connection =>
            {
                Insert(connection, fresh);
                Delete(connection, unreachable);
            });
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static Dictionary<CommitId, StoredEdits> ReadAll(SqliteConnection connection)
    {
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

    private static void Insert(SqliteConnection connection, IReadOnlyList<(CommitEdits Edits, int Parents)> fresh)
    {
        using var insert = connection.CreateCommand();
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

    private static void Delete(SqliteConnection connection, IReadOnlyList<CommitId> unreachable)
    {
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM edits WHERE commit_id = $id";
        var id = delete.Parameters.Add("$id", SqliteType.Blob);
        foreach (var commit in unreachable)
        {
            id.Value = Convert.FromHexString(commit.Hex);
            delete.ExecuteNonQuery();
        }
    }
}
