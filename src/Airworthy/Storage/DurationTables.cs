using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Airworthy.Telemetry.Durations;

namespace Airworthy.Storage;

/// <summary>The tables that hold how long calls took.</summary>
internal static class DurationTables
{
    /// <summary>Intervals by place, summed over the minutes asked for.</summary>
    /// <param name="which">The condition on places.</param>
    public static string Totals(string which) => $"""
        SELECT version AS Version, code_function AS Function, code_file AS File, code_line AS Line, operation AS Operation, source AS Source,
               above AS Above, up_to AS UpTo, CAST(SUM(calls) AS BIGINT) AS Calls
        FROM durations JOIN observation_keys ON id = key_id
        WHERE {which} AND minute >= @from AND minute < @to
        GROUP BY version, code_function, code_file, code_line, operation, source, above, up_to
        """;

    /// <summary>Adds how long calls took at a place: to its minute, and to its instance's when that is told.</summary>
    public static async Task AddAsync(DbTransaction transaction, long key, long minute, string instance, DurationHistogram durations)
    {
        foreach (var bucket in durations.Buckets)
        {
            await transaction.RunAsync(
                """
                INSERT INTO durations (key_id, minute, above, up_to, calls) VALUES (@key, @minute, @Above, @UpTo, @Calls)
                ON CONFLICT (key_id, minute, above, up_to) DO UPDATE SET calls = durations.calls + excluded.calls
                """,
                new { key, minute, bucket.Above, bucket.UpTo, bucket.Calls });
        }

        if (instance.Length == 0)
        {
            return;
        }

        // A row an instance's minute, which is seldom sent in two parts: it is read only to be judged, each by its own thresholds.
        var before = await transaction.OneAsync<string>(
            "SELECT buckets FROM instance_durations WHERE key_id = @key AND minute = @minute AND instance = @instance", new { key, minute, instance });
        await transaction.RunAsync(
            """
            INSERT INTO instance_durations (key_id, minute, instance, buckets) VALUES (@key, @minute, @instance, @buckets)
            ON CONFLICT (key_id, minute, instance) DO UPDATE SET buckets = excluded.buckets
            """,
            new { key, minute, instance, buckets = Write(before is null ? durations : Read(before).Merge(durations)) });
    }

    /// <summary>What a histogram added since it was read last, and remembers how it stands.</summary>
    public static async Task<DurationHistogram> GrowthAsync(DbTransaction transaction, RunningDurations running, DateTimeOffset now)
    {
        var before = await transaction.OneAsync<string>("SELECT buckets FROM duration_series WHERE series = @Series", new { running.Series });
        var isLater = await transaction.RunAsync(
            """
            INSERT INTO duration_series (series, buckets, read_at, arrived_at) VALUES (@Series, @buckets, @at, @now)
            ON CONFLICT (series) DO UPDATE SET buckets = excluded.buckets, read_at = excluded.read_at, arrived_at = excluded.arrived_at
            WHERE duration_series.read_at < excluded.read_at
            """,
            new { running.Series, buckets = Write(running.Durations), at = running.At.ToMicroseconds(), now = now.ToMicroseconds() }) == 1;
        return !isLater ? DurationHistogram.Empty : before is null ? running.Durations : running.Durations.Since(Read(before));
    }

    public static Task ForgetAsync(DbTransaction transaction, long before) =>
        transaction.RunAsync("DELETE FROM duration_series WHERE arrived_at < @before", new { before });

    /// <summary>Intervals of some places in the minutes after one and until another, all together.</summary>
    public static async Task<IEnumerable<DurationBucket>> SumAsync(
        Database database, IEnumerable<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel) =>
        (await database.ReadAsync<BucketRow>(
            $"""
            SELECT above AS Above, up_to AS UpTo, CAST(SUM(calls) AS BIGINT) AS Calls FROM durations
            WHERE key_id IN ({string.Join(',', places)}) AND minute > @after AND minute <= @until GROUP BY above, up_to
            """,
            new { after = after.ToMicroseconds(), until = until.ToMicroseconds() },
            cancel)).Select(row => new DurationBucket(row.Above, row.UpTo, row.Calls));

    /// <summary>How long calls took at some places on each instance in the minutes after one and until another.</summary>
    public static async Task<IEnumerable<PlaceDurations>> ByInstanceAsync(
        Database database, IEnumerable<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel) =>
        (await database.ReadAsync<Row>(
            $"""
            SELECT key_id AS Place, minute AS Minute, instance AS Instance, buckets AS Buckets FROM instance_durations
            WHERE key_id IN ({string.Join(',', places)}) AND minute > @after AND minute <= @until
            """,
            new { after = after.ToMicroseconds(), until = until.ToMicroseconds() },
            cancel)).Select(row => new PlaceDurations(row.Place, Instant.FromMicroseconds(row.Minute), row.Instance, Read(row.Buckets)));

    // Three numbers an interval: nothing of a sender's text is in it.
    private static string Write(DurationHistogram durations) => string.Join(
        ' ', durations.Buckets.Select(bucket => string.Create(CultureInfo.InvariantCulture, $"{bucket.Above}:{bucket.UpTo}:{bucket.Calls}")));

    private static DurationHistogram Read(string text) => new(
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(bucket => bucket.Split(':').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToImmutableArray())
            .Select(numbers => new DurationBucket(numbers[0], numbers[1], numbers[2])),
    ]);

    private sealed class BucketRow
    {
        public long Above { get; init; }

        public long UpTo { get; init; }

        public long Calls { get; init; }
    }

    private sealed class Row
    {
        public long Place { get; init; }

        public long Minute { get; init; }

        public required string Instance { get; init; }

        public required string Buckets { get; init; }
    }
}
