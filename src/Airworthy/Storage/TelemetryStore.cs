using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Airworthy.Model;
using Airworthy.Telemetry;
using Airworthy.Telemetry.Durations;
using Airworthy.Telemetry.Reduction;

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

    /// <summary>The operation, and where even services are too many the service, that all are counted under for which there is no room.</summary>
    public const string Overflow = "airworthy.overflow";

    private const string Sightings = """
        SELECT sequence AS Sequence, service AS Service, environment AS Environment, version AS Version, instance AS Instance,
               seen_at AS SeenAt, trace_id AS TraceId, span_id AS SpanId, exception_type AS Type, message AS Message,
               stack_trace AS StackTrace, operation AS Operation, signal AS Signal
        FROM sightings WHERE sequence > @sequence ORDER BY sequence LIMIT @limit
        """;

    // Instances are counted apart: joined to the counts, they would multiply them.
    private const string Totals = """
        SELECT version AS Version, code_function AS Function, code_file AS File, code_line AS Line, operation AS Operation, source AS Source,
               CAST(SUM(calls) AS BIGINT) AS Calls, CAST(SUM(bad) AS BIGINT) AS Bad, CAST(0 AS BIGINT) AS Instances,
               CAST(SUM(allocated_bytes) AS BIGINT) AS AllocatedBytes
        FROM observations JOIN observation_keys ON id = key_id
        WHERE service = @service AND minute >= @from AND minute < @to
        GROUP BY version, code_function, code_file, code_line, operation, source
        UNION ALL
        SELECT version, code_function, code_file, code_line, operation, source,
               CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(COUNT(DISTINCT instance) AS BIGINT), CAST(0 AS BIGINT)
        FROM observation_instances JOIN observation_keys ON id = key_id
        WHERE service = @service AND minute >= @from AND minute < @to
        GROUP BY version, code_function, code_file, code_line, operation, source
        """;

    // A function that never ran has statements too, and no counts.
    private const string Statements = """
        SELECT version AS Version, code_function AS Function, code_file AS File, code_line AS Line, operation AS Operation, source AS Source,
               first_statement AS First, lines AS Lines, ran AS Ran
        FROM statement_flags JOIN observation_keys ON id = key_id
        WHERE service = @service AND minute >= @from
        ORDER BY first_statement, minute
        """;

    // Numbers of our own, written into the statement: lists as parameters are no SQL that both databases take.
    private const int MostPlacesAsked = 500;

    // In microseconds.
    private const long Hour = 3_600_000_000;

    private readonly RowBudget _places = new("observation_keys", mostPlaces, mostPlaces * 10);
    private readonly RowBudget _versions = new("arrivals", mostVersions, mostVersions * 10);
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

                await AddObservationsAsync(
                    transaction,
                    [.. batch.Observations, .. await GrowthAsync(transaction, batch.Totals, now), .. await AddDurationsAsync(transaction, batch, now)]);
                await AddStatementsAsync(transaction, batch.Statements);
                foreach (var sighting in batch.Exceptions)
                {
                    await AddSightingAsync(transaction, sequence++, sighting);
                }

                await WorkflowStore.AppendAsync(transaction, batch, now);
                foreach (var arrival in batch.Arrivals)
                {
                    await AddArrivalAsync(transaction, arrival);
                }

                return true;
            },
            cancel);
    }

    public async Task<IReadOnlyList<StoredSighting>> SightingsAfterAsync(long sequence, int limit, CancellationToken cancel) =>
        [.. (await database.ReadAsync<SightingRow>(Sightings, new { sequence, limit }, cancel)).Select(row => row.ToSighting())];

    public async Task<IReadOnlyList<ObservedTotal>> TotalsAsync(
        string service, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel)
    {
        var asked = new { service, from = from?.ToMicroseconds() ?? long.MinValue, to = to?.ToMicroseconds() ?? long.MaxValue };
        var counts = (await database.ReadAsync<TotalRow>(Totals, asked, cancel)).ToLookup(row => row.Place);
        var durations = (await database.ReadAsync<DurationRow>(DurationTables.Totals, asked, cancel)).ToLookup(row => row.Place);
        var statements = (await database.ReadAsync<StatementRow>(Statements, asked, cancel)).ToLookup(row => row.Place);
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

    public async Task<IReadOnlyList<PlaceDurations>> DurationsAsync(
        IReadOnlyCollection<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel)
    {
        var durations = new List<PlaceDurations>();
        foreach (var some in places.Chunk(MostPlacesAsked))
        {
            durations.AddRange(await DurationTables.ReadAsync(database, some, after, until, cancel));
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

    public async Task<IReadOnlyList<ArrivalSummary>> ArrivalsAsync(string? service, CancellationToken cancel)
    {
        var rows = await database.ReadAsync<ArrivalRow>(
            $"""
            SELECT service AS Service, environment AS Environment, version AS Version, first_seen AS FirstSeen, last_seen AS LastSeen,
                   spans AS Spans, logs AS Logs, exceptions AS Exceptions, with_code AS WithCode, unknown_sampling AS UnknownSampling
            FROM arrivals {(service is null ? "" : "WHERE service = @service")} ORDER BY service, environment, last_seen DESC
            """,
            new { service },
            cancel);
        return [.. rows.Select(row => row.ToSummary())];
    }

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

    private async Task AddObservationsAsync(DbTransaction transaction, IEnumerable<Observation> observations)
    {
        // A batch counts many minutes under few keys: each key is looked up once.
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var observation in observations)
        {
            var digest = KeyDigest(observation.Key);
            if (!ids.TryGetValue(digest, out var key))
            {
                ids.Add(digest, key = await KeyAsync(transaction, digest, observation.Key));
            }

            var minute = observation.Key.Minute.ToMicroseconds();
            await transaction.RunAsync(
                """
                INSERT INTO observations (key_id, minute, calls, bad, allocated_bytes) VALUES (@key, @minute, @Calls, @Bad, @AllocatedBytes)
                ON CONFLICT (key_id, minute) DO UPDATE SET calls = observations.calls + excluded.calls, bad = observations.bad + excluded.bad,
                  allocated_bytes = observations.allocated_bytes + excluded.allocated_bytes
                """,
                new { key, minute, observation.Calls, observation.Bad, observation.AllocatedBytes });
            foreach (var instance in observation.Instances)
            {
                await transaction.RunAsync(
                    """
                    INSERT INTO observation_instances (key_id, minute, instance, calls, bad) VALUES (@key, @minute, @Instance, @Calls, @Bad)
                    ON CONFLICT (key_id, minute, instance) DO UPDATE SET
                      calls = observation_instances.calls + excluded.calls, bad = observation_instances.bad + excluded.bad
                    """,
                    new { key, minute, instance.Instance, instance.Calls, instance.Bad });
            }
        }
    }

    /// <summary>What any process ever ran stays marked; a build with other probes begins anew.</summary>
    private async Task AddStatementsAsync(DbTransaction transaction, IEnumerable<StatementFlags> words)
    {
        foreach (var word in words)
        {
            var key = await KeyAsync(transaction, KeyDigest(word.Key), word.Key);
            await transaction.RunAsync(
                """
                INSERT INTO statement_flags (key_id, first_statement, lines, ran, minute) VALUES (@key, @First, @lines, @Ran, @minute)
                ON CONFLICT (key_id, first_statement) DO UPDATE SET
                  ran = CASE WHEN excluded.lines = statement_flags.lines THEN excluded.ran | statement_flags.ran ELSE excluded.ran END,
                  lines = excluded.lines,
                  minute = CASE WHEN excluded.minute > statement_flags.minute THEN excluded.minute ELSE statement_flags.minute END
                """,
                new { key, word.First, lines = string.Join(' ', word.Lines), word.Ran, minute = word.Key.Minute.ToMicroseconds() });
        }
    }

    /// <summary>What counters added since they were read last, and remembers where they stand.</summary>
    private static async Task<List<Observation>> GrowthAsync(DbTransaction transaction, IEnumerable<RunningTotal> totals, DateTimeOffset now)
    {
        var grown = new List<Observation>();
        foreach (var total in totals)
        {
            var at = total.At.ToMicroseconds();
            var before = await transaction.OneAsync<long?>("SELECT value FROM counters WHERE series = @Series", new { total.Series }) ?? 0;
            var isLater = await transaction.RunAsync(
                """
                INSERT INTO counters (series, value, read_at, arrived_at) VALUES (@Series, @Value, @at, @now)
                ON CONFLICT (series) DO UPDATE SET value = excluded.value, read_at = excluded.read_at, arrived_at = excluded.arrived_at
                WHERE counters.read_at < excluded.read_at
                """,
                new { total.Series, total.Value, at, now = now.ToMicroseconds() }) == 1;

            // One that stands lower than before began anew without saying so.
            var growth = !isLater ? 0 : total.Value >= before ? total.Value - before : total.Value;
            if (growth > 0)
            {
                grown.Add(total.Counts switch
                {
                    CountedThing.AllocatedBytes => new Observation(total.Key, 0, 0, []) { AllocatedBytes = growth },
                    CountedThing.Failures => Counted(total.Key, 0, growth, total.Instances),
                    _ => Counted(total.Key, growth, 0, total.Instances),
                });
            }
        }

        return grown;
    }

    /// <summary>Adds how long calls took. Gives the calls that histograms count which hold every call.</summary>
    private async Task<List<Observation>> AddDurationsAsync(DbTransaction transaction, TelemetryBatch batch, DateTimeOffset now)
    {
        var counted = new List<Observation>();
        foreach (var timed in batch.Durations)
        {
            await AddDurationsAsync(transaction, timed.Key, timed.Durations);
        }

        foreach (var running in batch.RunningDurations)
        {
            var growth = await DurationTables.GrowthAsync(transaction, running, now);
            await AddDurationsAsync(transaction, running.Key, growth);
            if (running.CountsCalls && growth.Calls > 0)
            {
                counted.Add(Counted(running.Key, growth.Calls, running.IsBad ? growth.Calls : 0, running.Instances));
            }
        }

        return counted;
    }

    private async Task AddDurationsAsync(DbTransaction transaction, ObservationKey key, DurationHistogram durations)
    {
        if (durations.Calls > 0)
        {
            await DurationTables.AddAsync(transaction, await KeyAsync(transaction, KeyDigest(key), key), key.Minute.ToMicroseconds(), durations);
        }
    }

    private static Observation Counted(ObservationKey key, long calls, long bad, ImmutableArray<string> instances) =>
        new(key, calls, bad, [.. instances.Select(instance => new InstanceCount(instance, calls, bad))]);

    private async Task<long> KeyAsync(DbTransaction transaction, string digest, ObservationKey key)
    {
        if (await transaction.OneAsync<long?>("SELECT id FROM observation_keys WHERE digest = @digest", new { digest }) is { } known)
        {
            return known;
        }

        if (!await _places.TryTakeAsync(transaction, key.Service) && !IsOverflow(key))
        {
            var rest = OverflowOf(key, await transaction.OneAsync<long?>("SELECT id FROM observation_keys WHERE service = @Service LIMIT 1", new { key.Service }) is not null);
            return await KeyAsync(transaction, KeyDigest(rest), rest);
        }

        var id = await transaction.ReserveAsync("observation-key", 1);
        await transaction.RunAsync(
            """
            INSERT INTO observation_keys (id, digest, service, environment, version, code_function, code_file, code_line, operation,
                                          flag_variant, instance_group, source, sampling)
            VALUES (@id, @digest, @Service, @Environment, @version, @Function, @File, @line, @Operation,
                    @FlagVariant, @InstanceGroup, @Source, @Sampling)
            """,
            new
            {
                id,
                digest,
                key.Service,
                key.Environment,
                version = ModelJson.Write(key.Version),
                key.Location.Function,
                key.Location.File,
                line = (long?)key.Location.Line,
                key.Location.Operation,
                key.FlagVariant,
                key.InstanceGroup,
                key.Source,
                key.Sampling,
            });
        return id;
    }

    private static bool IsOverflow(ObservationKey key) => key.Location.Operation == Overflow;

    /// <summary>What a place is counted under for which there is no room; of a service that has none yet not even its name is kept.</summary>
    private static ObservationKey OverflowOf(ObservationKey key, bool isServiceKnown) => new(
        isServiceKnown ? key.Service : Overflow, "", ReportedVersion.None, new ObservedLocation(null, null, null, Overflow), "", "", key.Source, "unknown", key.Minute);

    private static string KeyDigest(ObservationKey key) => Digest.Of(
        key.Service,
        key.Environment,
        ModelJson.Write(key.Version),
        key.Location.Function,
        key.Location.File,
        key.Location.Line?.ToString(CultureInfo.InvariantCulture),
        key.Location.Operation,
        key.FlagVariant,
        key.InstanceGroup,
        key.Source,
        key.Sampling);

    private static Task AddSightingAsync(DbTransaction transaction, long sequence, ExceptionSighting sighting) => transaction.RunAsync(
        """
        INSERT INTO sightings (sequence, identity, service, environment, version, instance, seen_at, trace_id, span_id, exception_type,
                               message, stack_trace, operation, signal)
        VALUES (@sequence, @identity, @Service, @Environment, @version, @Instance, @at, @TraceId, @SpanId, @Type,
                @Message, @StackTrace, @Operation, @Signal)
        ON CONFLICT (identity) DO NOTHING
        """,
        new
        {
            sequence,
            identity = ExceptionIdentity.Of(sighting),
            sighting.Service,
            sighting.Environment,
            version = ModelJson.Write(sighting.Version),
            sighting.Instance,
            at = sighting.At.ToMicroseconds(),
            sighting.TraceId,
            sighting.SpanId,
            sighting.Type,
            sighting.Message,
            sighting.StackTrace,
            sighting.Operation,
            sighting.Signal,
        });

    private async Task AddArrivalAsync(DbTransaction transaction, Arrival arrival)
    {
        var version = ModelJson.Write(arrival.Version);
        var digest = Digest.Of(arrival.Service, arrival.Environment, version);
        if (await transaction.OneAsync<long?>("SELECT spans FROM arrivals WHERE digest = @digest", new { digest }) is null
            && !await _versions.TryTakeAsync(transaction, arrival.Service))
        {
            var isKnown = await transaction.OneAsync<long?>("SELECT spans FROM arrivals WHERE service = @Service LIMIT 1", new { arrival.Service }) is not null;
            arrival = arrival with { Service = isKnown ? arrival.Service : Overflow, Environment = "", Version = ReportedVersion.None with { ServiceVersion = Overflow } };
            version = ModelJson.Write(arrival.Version);
            digest = Digest.Of(arrival.Service, arrival.Environment, version);
        }

        await transaction.RunAsync(
            """
            INSERT INTO arrivals (digest, service, environment, version, first_seen, last_seen, spans, logs, exceptions, with_code, unknown_sampling)
            VALUES (@digest, @Service, @Environment, @version, @at, @at, @Spans, @Logs, @Exceptions, @WithCode, @UnknownSampling)
            ON CONFLICT (digest) DO UPDATE SET
              first_seen = CASE WHEN excluded.first_seen < arrivals.first_seen THEN excluded.first_seen ELSE arrivals.first_seen END,
              last_seen = CASE WHEN excluded.last_seen > arrivals.last_seen THEN excluded.last_seen ELSE arrivals.last_seen END,
              spans = arrivals.spans + excluded.spans,
              logs = arrivals.logs + excluded.logs,
              exceptions = arrivals.exceptions + excluded.exceptions,
              with_code = arrivals.with_code + excluded.with_code,
              unknown_sampling = arrivals.unknown_sampling + excluded.unknown_sampling
            """,
            new
            {
                digest,
                arrival.Service,
                arrival.Environment,
                version,
                at = arrival.At.ToMicroseconds(),
                arrival.Spans,
                arrival.Logs,
                arrival.Exceptions,
                arrival.WithCode,
                arrival.UnknownSampling,
            });
    }

    private sealed class SightingRow
    {
        public long Sequence { get; init; }

        public required string Service { get; init; }

        public required string Environment { get; init; }

        public required string Version { get; init; }

        public required string Instance { get; init; }

        public long SeenAt { get; init; }

        public string? TraceId { get; init; }

        public string? SpanId { get; init; }

        public string? Type { get; init; }

        public string? Message { get; init; }

        public string? StackTrace { get; init; }

        public string? Operation { get; init; }

        public required string Signal { get; init; }

        public StoredSighting ToSighting() => new(
            Sequence,
            new ExceptionSighting(
                Service,
                Environment,
                ModelJson.Read<ReportedVersion>(Version),
                Instance,
                Instant.FromMicroseconds(SeenAt),
                TraceId,
                SpanId,
                Type,
                Message,
                StackTrace,
                Operation,
                Signal));
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

    private sealed class ArrivalRow
    {
        public required string Service { get; init; }

        public required string Environment { get; init; }

        public required string Version { get; init; }

        public long FirstSeen { get; init; }

        public long LastSeen { get; init; }

        public long Spans { get; init; }

        public long Logs { get; init; }

        public long Exceptions { get; init; }

        public long WithCode { get; init; }

        public long UnknownSampling { get; init; }

        public ArrivalSummary ToSummary() => new(
            Service,
            Environment,
            ModelJson.Read<ReportedVersion>(Version),
            Instant.FromMicroseconds(FirstSeen),
            Instant.FromMicroseconds(LastSeen),
            Spans,
            Logs,
            Exceptions,
            WithCode,
            UnknownSampling);
    }
}
