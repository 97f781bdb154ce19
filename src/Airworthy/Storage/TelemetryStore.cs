using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Airworthy.Model;
using Airworthy.Telemetry;
using Airworthy.Telemetry.Durations;

namespace Airworthy.Storage;

/// <summary>Keeps reduced telemetry: counts by key and minute, exceptions in the order of arrival.</summary>
internal sealed class TelemetryStore(Database database, long mostPlaces = TelemetryStore.MostPlaces, long mostVersions = TelemetryStore.MostVersions) : ITelemetryStore
{
    /// <summary>How long a request is remembered, so that one sent again counts once. Senders that lost an answer try again within minutes.</summary>
    public static readonly TimeSpan RepeatWindow = TimeSpan.FromHours(6);

    /// <summary>How long it is remembered where a counter stood. Its process ended: one that lives reads its counters every minute or so.</summary>
    public static readonly TimeSpan CounterWindow = TimeSpan.FromDays(30);

    /// <summary>Places of a service, in all its versions, that are counted apart; those beyond are counted as one. Ten times as many at all.</summary>
    public const int MostPlaces = 200_000;

    /// <summary>Versions of a service, in all environments, that are told apart; those beyond are one. Ten times as many at all.</summary>
    public const int MostVersions = 20_000;

    // Numbers of our own, written into the statement: lists as parameters are no SQL that both databases take.
    private const int MostPlacesAsked = 500;

    // In microseconds.
    private const long Hour = 3_600_000_000;

    private readonly CounterTables _counters = new(new ObservationKeys(mostPlaces));
    private readonly ArrivalTables _arrivals = new(database, mostVersions);
    private long _nextForgetting;

    public Task<bool> AppendAsync(TelemetryBatch batch, CancellationToken cancel)
    {
        var now = database.Time.GetUtcNow();
        return database.WriteAsync(
            async transaction =>
            {
                // The first statement also makes writers of other nodes wait, so that two of them never update rows in crossed order.
                var sequence = await transaction.ReserveAsync("sighting", batch.Exceptions.Length);
                if (!await IsNewAsync(transaction, batch.Digest, now))
                {
                    return false;
                }

                await _counters.AddAsync(transaction, batch, now);
                foreach (var sighting in batch.Exceptions)
                {
                    await SightingTables.AddAsync(transaction, sequence++, sighting);
                }

                await WorkflowStore.AppendAsync(transaction, batch, now);
                foreach (var arrival in batch.Arrivals)
                {
                    await _arrivals.AddAsync(transaction, arrival);
                }

                return true;
            },
            cancel);
    }

    public Task<IReadOnlyList<StoredSighting>> SightingsAfterAsync(long sequence, int limit, CancellationToken cancel) =>
        SightingTables.AfterAsync(database, sequence, limit, cancel);

    public async Task<IReadOnlyList<ObservedTotal>> TotalsAsync(
        string service, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel, IReadOnlyCollection<long>? places = null)
    {
        if (places is { Count: 0 })
        {
            return [];
        }

        var asked = new { service, from = from?.ToMicroseconds() ?? long.MinValue, to = to?.ToMicroseconds() ?? long.MaxValue };
        var which = places is null ? "service = @service" : $"service = @service AND id IN ({string.Join(',', places)})";
        var counts = (await database.ReadAsync<TotalRow>(Totals(which), asked, cancel)).ToLookup(row => row.Place);
        var durations = (await database.ReadAsync<DurationRow>(DurationTables.Totals(which), asked, cancel)).ToLookup(row => row.Place);
        var statements = (await database.ReadAsync<StatementRow>(Statements(which), asked, cancel)).ToLookup(row => row.Place);
        return
        [
            .. counts.Select(place => place.Key).Union(statements.Select(place => place.Key)).Union(durations.Select(place => place.Key))
                .Select(place => new ObservedTotal(
                    service,
                    ModelJson.Read<ReportedVersion>(place.Version),
                    place.Location,
                    place.Source,
                    counts[place].Sum(row => row.Calls),
                    counts[place].Sum(row => row.Bad),
                    (int)counts[place].Sum(row => row.Instances),
                    StatementsOf(statements[place]))
                {
                    AllocatedBytes = counts[place].Sum(row => row.AllocatedBytes),
                    Durations = DurationHistogram.Of(durations[place].Select(row => new DurationBucket(row.Above, row.UpTo, row.Calls))),
                })
                .OrderByDescending(total => total.Calls),
        ];
    }

    // Instances are counted apart: joined to the counts, they would multiply them.
    private static string Totals(string which) => $"""
        SELECT version AS Version, code_function AS Function, code_file AS File, code_line AS Line, operation AS Operation, source AS Source,
               CAST(SUM(calls) AS BIGINT) AS Calls, CAST(SUM(bad) AS BIGINT) AS Bad, CAST(0 AS BIGINT) AS Instances,
               CAST(SUM(allocated_bytes) AS BIGINT) AS AllocatedBytes
        FROM observations JOIN observation_keys ON id = key_id
        WHERE {which} AND minute >= @from AND minute < @to
        GROUP BY version, code_function, code_file, code_line, operation, source
        UNION ALL
        SELECT version, code_function, code_file, code_line, operation, source,
               CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(COUNT(DISTINCT instance) AS BIGINT), CAST(0 AS BIGINT)
        FROM observation_instances JOIN observation_keys ON id = key_id
        WHERE {which} AND minute >= @from AND minute < @to
        GROUP BY version, code_function, code_file, code_line, operation, source
        """;

    // A function that never ran has statements too, and no counts.
    private static string Statements(string which) => $"""
        SELECT version AS Version, code_function AS Function, code_file AS File, code_line AS Line, operation AS Operation, source AS Source,
               first_statement AS First, lines AS Lines, ran AS Ran
        FROM statement_flags JOIN observation_keys ON id = key_id
        WHERE {which} AND minute >= @from
        ORDER BY first_statement, minute
        """;

    /// <summary>The statements of one place: of several environments, one that ran in any of them ran.</summary>
    private static ImmutableArray<StatementRun> StatementsOf(IEnumerable<StatementRow> rows) =>
    [
        .. rows
            .GroupBy(row => row.First)
            .Select(word => word.GroupBy(row => row.Lines, StringComparer.Ordinal).Last())
            .SelectMany(word => word.Key.Split(' ').Select((line, i) => new StatementRun(
                int.Parse(line, CultureInfo.InvariantCulture), word.Any(row => (row.Ran >> i & 1) == 1)))),
    ];

    public async Task<IReadOnlyList<ObservedPlace>> PlacesAsync(string service, long after, CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<KeyRow>(
            """
            SELECT id AS Id, environment AS Environment, version AS Version, code_function AS Function, code_file AS File, code_line AS Line,
                   operation AS Operation, source AS Source, sampling AS Sampling, flag_variant AS FlagVariant
            FROM observation_keys WHERE service = @service AND id > @after ORDER BY id
            """,
            new { service, after },
            cancel)).Select(row => row.ToPlace()),
    ];

    public async Task<IReadOnlyList<ObservedMinute>> MinutesAsync(
        IReadOnlyCollection<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel)
    {
        var rows = new List<MinuteRow>();
        foreach (var some in places.Chunk(MostPlacesAsked))
        {
            rows.AddRange(await database.ReadAsync<MinuteRow>(
                $"""
                SELECT key_id AS Place, minute AS Minute, instance AS Instance, calls AS Calls, bad AS Bad FROM observation_instances
                WHERE key_id IN ({string.Join(',', some)}) AND minute > @after AND minute <= @until
                """,
                new { after = after.ToMicroseconds(), until = until.ToMicroseconds() },
                cancel));
        }

        return [.. rows.Select(row => new ObservedMinute(row.Place, Instant.FromMicroseconds(row.Minute), row.Instance, row.Calls, row.Bad)).OrderBy(row => row.Minute)];
    }

    public async Task<DurationHistogram> DurationsAsync(
        IReadOnlyCollection<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel)
    {
        var buckets = new List<DurationBucket>();
        foreach (var some in places.Chunk(MostPlacesAsked))
        {
            buckets.AddRange(await DurationTables.SumAsync(database, some, after, until, cancel));
        }

        return DurationHistogram.Of(buckets);
    }

    public async Task<IReadOnlyList<PlaceDurations>> InstanceDurationsAsync(
        IReadOnlyCollection<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel)
    {
        var durations = new List<PlaceDurations>();
        foreach (var some in places.Chunk(MostPlacesAsked))
        {
            durations.AddRange(await DurationTables.ByInstanceAsync(database, some, after, until, cancel));
        }

        return [.. durations.OrderBy(timed => timed.Minute)];
    }

    public async Task<IReadOnlyList<PlaceExposure>> ExposureAsync(IReadOnlyCollection<long> places, CancellationToken cancel)
    {
        var exposures = new List<PlaceExposure>();
        foreach (var some in places.Chunk(MostPlacesAsked))
        {
            var asked = string.Join(',', some);
            var instances = (await database.ReadAsync<ExposureRow>(
                $"SELECT key_id AS Place, CAST(COUNT(DISTINCT instance) AS BIGINT) AS Instances FROM observation_instances WHERE key_id IN ({asked}) GROUP BY key_id",
                new { },
                cancel)).ToDictionary(row => row.Place, row => row.Instances);
            exposures.AddRange((await database.ReadAsync<ExposureRow>(
                $"""
                SELECT key_id AS Place, CAST(SUM(calls) AS BIGINT) AS Calls, CAST(SUM(bad) AS BIGINT) AS Bad, MIN(minute) AS First, MAX(minute) AS Last
                FROM observations WHERE key_id IN ({asked}) AND calls > 0 GROUP BY key_id ORDER BY key_id
                """,
                new { },
                cancel)).Select(row => new PlaceExposure(
                    row.Place, row.Calls, row.Bad, Instant.FromMicroseconds(row.First), Instant.FromMicroseconds(row.Last), (int)instances.GetValueOrDefault(row.Place))));
        }

        return exposures;
    }

    public async Task<IReadOnlyList<ExposureHour>> HoursAsync(IReadOnlyCollection<long> places, DateTimeOffset from, CancellationToken cancel)
    {
        var hours = new SortedDictionary<long, (long Calls, long Bad)>();
        foreach (var some in places.Chunk(MostPlacesAsked))
        {
            foreach (var row in await database.ReadAsync<HourRow>(
                $"""
                SELECT minute / @hour AS Hour, CAST(SUM(calls) AS BIGINT) AS Calls, CAST(SUM(bad) AS BIGINT) AS Bad
                FROM observations WHERE key_id IN ({string.Join(',', some)}) AND minute >= @from GROUP BY minute / @hour
                """,
                new { hour = Hour, from = from.ToMicroseconds() },
                cancel))
            {
                var (calls, bad) = hours.GetValueOrDefault(row.Hour);
                hours[row.Hour] = (calls + row.Calls, bad + row.Bad);
            }
        }

        return [.. hours.Select(hour => new ExposureHour(Instant.FromMicroseconds(hour.Key * Hour), hour.Value.Calls, hour.Value.Bad))];
    }

    public Task<IReadOnlyList<ArrivalSummary>> ArrivalsAsync(string? service, CancellationToken cancel) => _arrivals.ReadAsync(service, cancel);

    private async Task<bool> IsNewAsync(DbTransaction transaction, string digest, DateTimeOffset now)
    {
        var at = now.ToMicroseconds();
        if (at >= _nextForgetting)
        {
            _nextForgetting = (now + TimeSpan.FromHours(1)).ToMicroseconds();
            await transaction.RunAsync(
                "DELETE FROM batches WHERE arrived_at < @before", new { before = (now - RepeatWindow).ToMicroseconds() });
            await transaction.RunAsync(
                "DELETE FROM counters WHERE arrived_at < @before", new { before = (now - CounterWindow).ToMicroseconds() });
            await DurationTables.ForgetAsync(transaction, (now - CounterWindow).ToMicroseconds());
        }

        return await transaction.RunAsync(
            "INSERT INTO batches (digest, arrived_at) VALUES (@digest, @at) ON CONFLICT (digest) DO NOTHING", new { digest, at }) == 1;
    }

    private abstract class PlaceRow
    {
        public required string Version { get; init; }

        public string? Function { get; init; }

        public string? File { get; init; }

        public long? Line { get; init; }

        public string? Operation { get; init; }

        public required string Source { get; init; }

        public (string Version, ObservedLocation Location, string Source) Place => (Version, new ObservedLocation(Function, File, (int?)Line, Operation), Source);
    }

    private sealed class KeyRow : PlaceRow
    {
        public long Id { get; init; }

        public required string Environment { get; init; }

        public required string Sampling { get; init; }

        public required string FlagVariant { get; init; }

        public ObservedPlace ToPlace() =>
            new(Id, Environment, ModelJson.Read<ReportedVersion>(Version), Place.Location, Source, Sampling) { FlagVariant = FlagVariant };
    }

    private sealed class ExposureRow
    {
        public long Place { get; init; }

        public long Calls { get; init; }

        public long Bad { get; init; }

        public long First { get; init; }

        public long Last { get; init; }

        public long Instances { get; init; }
    }

    private sealed class HourRow
    {
        public long Hour { get; init; }

        public long Calls { get; init; }

        public long Bad { get; init; }
    }

    private sealed class MinuteRow
    {
        public long Place { get; init; }

        public long Minute { get; init; }

        public required string Instance { get; init; }

        public long Calls { get; init; }

        public long Bad { get; init; }
    }

    private sealed class StatementRow : PlaceRow
    {
        public long First { get; init; }

        public required string Lines { get; init; }

        public long Ran { get; init; }
    }

    private sealed class TotalRow : PlaceRow
    {
        public long Calls { get; init; }

        public long Bad { get; init; }

        public long Instances { get; init; }

        public long AllocatedBytes { get; init; }
    }

    private sealed class DurationRow : PlaceRow
    {
        public long Above { get; init; }

        public long UpTo { get; init; }

        public long Calls { get; init; }
    }
}
