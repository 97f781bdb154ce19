using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Airworthy.Model;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Airworthy.Storage;

/// <summary>The database of a data folder as a file: checked, copied, made smaller, written out. A server may run meanwhile, except while it is made smaller.</summary>
public static class StoreFile
{
    private const int WrittenAtOnce = 64 * 1024;

    // What must hold of the rows, whatever happened; each asks for those of which it does not.
    private static readonly (string What, string Sql)[] s_invariants =
    [
        ("counts below zero", "SELECT COUNT(*) FROM observations WHERE calls < 0 OR bad < 0"),
        ("places numbered beyond their marker", "SELECT COUNT(*) FROM observation_keys WHERE id > (SELECT value FROM markers WHERE name = 'observation-key')"),
        ("exceptions numbered beyond their marker", "SELECT COUNT(*) FROM sightings WHERE sequence > (SELECT value FROM markers WHERE name = 'sighting')"),
        ("incidents whose episodes are not as many as counted", "SELECT COUNT(*) FROM incidents i WHERE episodes <> (SELECT COUNT(*) FROM episodes e WHERE e.incident = i.id)"),
        ("changes that are not where their last step led", """
            SELECT COUNT(*) FROM changes c JOIN transitions t ON t.repository = c.repository AND t.change = c.id
            WHERE t.to_state <> c.state AND t.position = (SELECT MAX(position) FROM transitions l WHERE l.repository = c.repository AND l.change = c.id)
            """),
        ("decisions on changes that are not there", "SELECT COUNT(*) FROM decisions d WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c.repository = d.repository AND c.id = d.change)"),
    ];

    // What only serves the store itself.
    private static readonly string[] s_leftOut = ["SchemaVersions", "batches", "counters", "duration_series", "markers", "leases", "workflow_parts", "workflow_closed", "workflow_choices"];
    private static readonly string[] s_json = ["version", "versions", "authorship", "attribution", "lesson", "steps"];
    private static readonly string[] s_times = ["minute", "at", "since", "until"];

    /// <summary>What is wrong with it, in words; empty when nothing is.</summary>
    /// <exception cref="StorageException">It can't be read.</exception>
    public static async Task<IReadOnlyList<string>> CheckAsync(string directory, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(FileOf(directory), cancel);
        return await CheckAsync(connection);
    }

    /// <summary>Copies it as it stands at one moment into a new file, and checks the copy. Gives the copy's size in bytes.</summary>
    /// <exception cref="StorageException">It can't be read, the copy can't be written or is there already, or is not whole.</exception>
    public static async Task<long> BackupAsync(string directory, string target, CancellationToken cancel)
    {
        await using var source = await OpenAsync(FileOf(directory), cancel);
        if (File.Exists(target))
        {
            throw new StorageException(Fault.Usage, $"{target} is there already, and is left as it is; name a new file");
        }

        var beside = $"{target}.{Environment.ProcessId}.part";
        try
        {
            await using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = beside, Pooling = false }.ToString()))
            {
                await copy.OpenAsync(cancel);
                source.BackupDatabase(copy);
                if (await CheckAsync(copy) is { Count: > 0 } problems)
                {
                    throw new StorageException(Fault.BadInput, $"the copy is not whole ({problems[0]}), and was not kept; run 'airworthy db check'");
                }
            }

            await using (var written = new FileStream(beside, FileMode.Open, FileAccess.ReadWrite))
            {
                // Only the blocking call reaches the disk itself.
#pragma warning disable CA1849
                written.Flush(flushToDisk: true);
#pragma warning restore CA1849
            }

            File.Move(beside, target);
            return new FileInfo(target).Length;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException(Fault.Unavailable, $"{target} can't be written: {StorageException.FirstLine(e)}", e);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Gives the space of what was dropped back to the disk. No server may run on the folder. Gives the sizes before and after, in bytes.</summary>
    /// <exception cref="StorageException">A server runs on it, or it can't be written.</exception>
    public static async Task<(long Before, long After)> CompactAsync(string directory, CancellationToken cancel)
    {
        var file = FileOf(directory);
        using var dialect = SqliteDialect.Open(directory);
        try
        {
            await using var connection = await dialect.ConnectAsync(cancel);
            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            var before = new FileInfo(file).Length;
            await connection.ExecuteAsync("VACUUM");
            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            return (before, new FileInfo(file).Length);
        }
        catch (SqliteException e)
        {
            throw Unreadable(file, e);
        }
    }

    /// <summary>Writes all it keeps as lines of JSON, <c>{"table":…,"row":{…}}</c>, as it stands at one moment.</summary>
    /// <exception cref="StorageException">It can't be read.</exception>
    public static async Task ExportAsync(string directory, Stream output, CancellationToken cancel)
    {
        var file = FileOf(directory);
        await using var connection = await OpenAsync(file, cancel);
        try
        {
            // Deferred: it only reads. Nothing waits for a lock that is not taken.
#pragma warning disable CA1849
            await using var moment = connection.BeginTransaction(deferred: true);
#pragma warning restore CA1849
            var lines = new ArrayBufferWriter<byte>();
            var tables = await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
            foreach (var table in tables.Except(s_leftOut, StringComparer.Ordinal))
            {
                await using var command = connection.CreateCommand();
                // The name is the database's own.
#pragma warning disable CA2100
                command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
                await using var rows = await command.ExecuteReaderAsync(cancel);
                while (await rows.ReadAsync(cancel))
                {
                    await using (var json = new Utf8JsonWriter(lines, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                    {
                        Write(json, table, rows);
                    }

                    lines.Write("\n"u8);
                    if (lines.WrittenCount >= WrittenAtOnce)
                    {
                        await output.WriteAsync(lines.WrittenMemory, cancel);
                        lines.ResetWrittenCount();
                    }
                }
            }

            await output.WriteAsync(lines.WrittenMemory, cancel);
        }
        catch (SqliteException e)
        {
            throw Unreadable(file, e);
        }
    }

    private static void Write(Utf8JsonWriter json, string table, SqliteDataReader row)
    {
        json.WriteStartObject();
        json.WriteString("table", table);
        json.WriteStartObject("row");
        for (var i = 0; i < row.FieldCount; i++)
        {
            var name = row.GetName(i);
            json.WritePropertyName(name);
            switch (row.GetValue(i))
            {
                case long at when s_times.Contains(name, StringComparer.Ordinal) || name.EndsWith("_at", StringComparison.Ordinal) || name.EndsWith("_seen", StringComparison.Ordinal):
                    json.WriteStringValue(Instant.FromMicroseconds(at).ToString("O", CultureInfo.InvariantCulture));
                    break;
                case long number:
                    json.WriteNumberValue(number);
                    break;
                case string text when s_json.Contains(name, StringComparer.Ordinal):
                    json.WriteRawValue(text);
                    break;
                case string text:
                    json.WriteStringValue(text);
                    break;
                default:
                    json.WriteNullValue();
                    break;
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(SqliteConnection connection)
    {
        try
        {
            var problems = (await connection.QueryAsync<string>("PRAGMA integrity_check(20)")).Where(line => line != "ok").ToList();
            var orphans = (await connection.QueryAsync("PRAGMA foreign_key_check")).Count();
            if (orphans > 0)
            {
                problems.Add($"{Words.Count(orphans, "row")} of something that is not there");
            }

            foreach (var (what, sql) in problems.Count == 0 ? s_invariants : [])
            {
                if (await connection.ExecuteScalarAsync<long>(sql) is > 0 and var count)
                {
                    problems.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}"));
                }
            }

            return problems;
        }
        catch (SqliteException e)
        {
            return [StorageException.FirstLine(e)];
        }
    }

    private static string FileOf(string directory)
    {
        var file = Path.Combine(directory, "airworthy.db");
        return File.Exists(file)
            ? file
            : throw new StorageException(Fault.Usage, $"there is no database in '{directory}'; name the server's data folder by --data (PostgreSQL has tools of its own)");
    }

    private static async Task<SqliteConnection> OpenAsync(string file, CancellationToken cancel)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            await connection.OpenAsync(cancel);
            await connection.ExecuteScalarAsync("SELECT COUNT(*) FROM sqlite_master");
            return connection;
        }
        catch (SqliteException e)
        {
            await connection.DisposeAsync();
            throw Unreadable(file, e);
        }
    }

    private static StorageException Unreadable(string file, SqliteException e) =>
        new(e.SqliteErrorCode is 11 or 26 ? Fault.BadInput : Fault.Unavailable, $"the database {file} can't be read: {StorageException.FirstLine(e)}", e);
}
