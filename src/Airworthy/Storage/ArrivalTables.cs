using System.Data.Common;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Storage;

/// <summary>The table of who sent what, by service, environment and version; versions there is no room for are one.</summary>
/// <param name="database">Where it is.</param>
/// <param name="mostVersions">Versions of a service that are told apart; ten times as many at all.</param>
internal sealed class ArrivalTables(Database database, long mostVersions)
{
    private readonly RowBudget _versions = new("arrivals", mostVersions, mostVersions * 10);

    public async Task<IReadOnlyList<ArrivalSummary>> ReadAsync(string? service, CancellationToken cancel)
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

    public async Task AddAsync(DbTransaction transaction, Arrival arrival)
    {
        var version = ModelJson.Write(arrival.Version);
        var digest = Digest.Of(arrival.Service, arrival.Environment, version);
        if (await transaction.OneAsync<long?>("SELECT spans FROM arrivals WHERE digest = @digest", new { digest }) is null
            && !await _versions.TryTakeAsync(transaction, arrival.Service))
        {
            var isKnown = await transaction.OneAsync<long?>("SELECT spans FROM arrivals WHERE service = @Service LIMIT 1", new { arrival.Service }) is not null;
            arrival = arrival with { Service = isKnown ? arrival.Service : ObservationKeys.Overflow, Environment = "", Version = ReportedVersion.None with { ServiceVersion = ObservationKeys.Overflow } };
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
