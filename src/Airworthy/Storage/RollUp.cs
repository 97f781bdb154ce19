using System.Data.Common;
using Airworthy.Telemetry;

namespace Airworthy.Storage;

/// <summary>Makes hours of old minutes and days of old hours, a place at a time, in the writer's own turns.</summary>
internal sealed class RollUp(Database database) : ITelemetryUpkeep
{
    private const int PlacesAtOnce = 500;
    private const int RowsAtOnce = 5_000;

    // What is summed, and what tells rows of one minute apart.
    private static readonly (string Table, string[] Sums, string[] Apart)[] s_tables =
    [
        ("observations", ["calls", "bad", "allocated_bytes"], []),
        ("observation_instances", ["calls", "bad"], ["instance"]),
        ("durations", ["calls"], ["above", "up_to"]),
    ];

    public async Task<int> RollUpAsync(RetentionTerms terms, IReadOnlySet<long> open, CancellationToken cancel)
    {
        var now = database.Time.GetUtcNow();
        var changed = 0;
        foreach (var (table, sums, apart) in s_tables)
        {
            changed += await RollUpAsync(table, sums, apart, now - terms.Minutes, TimeSpan.FromHours(1), open, cancel);
            changed += await RollUpAsync(table, sums, apart, now - terms.Hours, TimeSpan.FromDays(1), open, cancel);
            changed += await DropAsync(table, "minute", (now - terms.All).ToMicroseconds(), open, cancel);
        }

        // An hour of minutes is no stratum: of places that no change is judged by any more their times are kept together only, in "durations".
        changed += await DropAsync("instance_durations", "minute", (now - terms.Minutes).ToMicroseconds(), open, cancel);
        await DropSightingsAsync((now - terms.Exceptions).ToMicroseconds(), cancel);
        return changed;
    }

    private async Task<int> RollUpAsync(
        string table, string[] sums, string[] apart, DateTimeOffset before, TimeSpan span, IReadOnlySet<long> open, CancellationToken cancel)
    {
        var slot = (long)span.TotalMicroseconds;
        // Whole slots only: one that is half old would be rolled twice.
        var until = before.ToMicroseconds() / slot * slot;
        var changed = 0;
        var last = 0L;
        while (await PlacesAsync(table, last, until, slot, cancel) is { Count: > 0 } places)
        {
            foreach (var place in places.Where(place => !open.Contains(place)))
            {
                await database.WriteAsync(transaction => RollUpAsync(transaction, table, sums, apart, place, until, slot), cancel);
                changed++;
            }

            last = places[^1];
        }

        return changed;
    }

    private Task<IReadOnlyList<long>> PlacesAsync(string table, long after, long until, long slot, CancellationToken cancel) => database.ReadAsync<long>(
        $"SELECT DISTINCT key_id FROM {table} WHERE key_id > @after AND minute < @until AND minute % @slot <> 0 ORDER BY key_id LIMIT {PlacesAtOnce}",
        new { after, until, slot },
        cancel);

    private static async Task RollUpAsync(DbTransaction transaction, string table, string[] sums, string[] apart, long place, long until, long slot)
    {
        // As telemetry's writers do first: no other node adds to a row between its reading and its replacing.
        await transaction.ReserveAsync("sighting", 0);
        var keys = string.Concat(apart.Select(column => $", {column}"));
        var rows = (await transaction.ManyAsync<dynamic>(
            $"""
            SELECT minute / {slot} * {slot} AS slot{keys}, {string.Join(", ", sums.Select(column => $"CAST(SUM({column}) AS BIGINT) AS {column}"))}
            FROM {table} WHERE key_id = @place AND minute < @until
            GROUP BY minute / {slot}{keys}
            """,
            new { place, until })).Select(row => (IDictionary<string, object>)row).ToList();
        await transaction.RunAsync($"DELETE FROM {table} WHERE key_id = @place AND minute < @until", new { place, until });
        string[] columns = ["minute", .. apart, .. sums];
        foreach (var row in rows)
        {
            var values = new Dictionary<string, object>(row, StringComparer.Ordinal) { ["place"] = place };
            values["minute"] = values["slot"];
            await transaction.RunAsync(
                $"INSERT INTO {table} (key_id, {string.Join(", ", columns)}) VALUES (@place, {string.Join(", ", columns.Select(column => "@" + column))})", values);
        }
    }

    private async Task<int> DropAsync(string table, string column, long before, IReadOnlySet<long> open, CancellationToken cancel)
    {
        var places = await database.ReadAsync<long>($"SELECT DISTINCT key_id FROM {table} WHERE {column} < @before", new { before }, cancel);
        foreach (var place in places.Where(place => !open.Contains(place)))
        {
            await database.WriteAsync(
                transaction => transaction.RunAsync($"DELETE FROM {table} WHERE key_id = @place AND {column} < @before", new { place, before }), cancel);
        }

        return places.Count(place => !open.Contains(place));
    }

    /// <summary>What was not made an incident yet stays, however old.</summary>
    private async Task DropSightingsAsync(long before, CancellationToken cancel)
    {
        while (await database.WriteAsync(
            transaction => transaction.RunAsync(
                $"""
                DELETE FROM sightings WHERE sequence IN (
                  SELECT sequence FROM sightings
                  WHERE seen_at < @before AND sequence <= (SELECT value FROM markers WHERE name = 'incident-position') LIMIT {RowsAtOnce})
                """,
                new { before }),
            cancel) == RowsAtOnce)
        {
        }
    }
}
