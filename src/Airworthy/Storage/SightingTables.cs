using System.Data.Common;
using Airworthy.Model;
using Airworthy.Telemetry;
using Airworthy.Telemetry.Reduction;

namespace Airworthy.Storage;

/// <summary>The table that holds exceptions in the order of their arrival, each once.</summary>
internal static class SightingTables
{
    private const string Sightings = """
        SELECT sequence AS Sequence, service AS Service, environment AS Environment, version AS Version, instance AS Instance,
               seen_at AS SeenAt, trace_id AS TraceId, span_id AS SpanId, exception_type AS Type, message AS Message,
               stack_trace AS StackTrace, operation AS Operation, signal AS Signal
        FROM sightings WHERE sequence > @sequence ORDER BY sequence LIMIT @limit
        """;

    public static async Task<IReadOnlyList<StoredSighting>> AfterAsync(Database database, long sequence, int limit, CancellationToken cancel) =>
        [.. (await database.ReadAsync<SightingRow>(Sightings, new { sequence, limit }, cancel)).Select(row => row.ToSighting())];

    public static Task AddAsync(DbTransaction transaction, long sequence, ExceptionSighting sighting) => transaction.RunAsync(
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
}
