using System.Collections.Immutable;
using System.Data.Common;
using Airworthy.Model;
using Airworthy.Telemetry;
using Airworthy.Telemetry.Workflows;

namespace Airworthy.Storage;

/// <summary>
/// Keeps what traces went through. A request adds one row with the parts of all its traces; closing puts the parts together and counts each
/// trace once, so no trace's state is in the memory of a node.
/// </summary>
internal sealed class WorkflowStore(Database database) : IWorkflowStore
{
    /// <summary>A trace is closed when nothing of it arrived for so long.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    /// <summary>How long it is remembered that a trace was closed.</summary>
    public static readonly TimeSpan LateWindow = TimeSpan.FromHours(6);

    private const string Counts = """
        SELECT shape AS Shape, steps AS Steps, service AS Service, environment AS Environment, version AS Version, is_test AS IsTest,
               traces AS Traces, first_seen AS FirstSeen, last_seen AS LastSeen, example AS Example
        FROM workflow_counts JOIN workflow_shapes ON id = shape WHERE service = @service ORDER BY digest
        """;

    /// <summary>Adds what a request told, in the transaction that stores the request.</summary>
    public static async Task AppendAsync(DbTransaction transaction, TelemetryBatch batch, DateTimeOffset now)
    {
        if (!batch.Traces.IsEmpty)
        {
            await transaction.RunAsync(
                "INSERT INTO workflow_parts (digest, arrived_at, traces) VALUES (@Digest, @at, @traces)",
                new { batch.Digest, at = now.ToMicroseconds(), traces = ModelJson.Write(batch.Traces) });
        }

        foreach (var (service, traces) in batch.TracesLeftOut)
        {
            await OmitAsync(transaction, service, lateSpans: 0, traces);
        }
    }

    public Task<int> CloseAsync(CancellationToken cancel)
    {
        var now = database.Time.GetUtcNow();
        return database.WriteAsync(
            async transaction =>
            {
                // The same lock that requests take first: nodes neither close a trace twice nor wait in crossed order.
                await transaction.ReserveAsync("sighting", 0);
                await transaction.RunAsync("DELETE FROM workflow_closed WHERE closed_at < @before", new { before = (now - LateWindow).ToMicroseconds() });
                return await CloseQuietAsync(transaction, now);
            },
            cancel);
    }

    public async Task<IReadOnlyList<ShapeCount>> CountsAsync(string service, CancellationToken cancel) =>
        [.. (await database.ReadAsync<CountRow>(Counts, new { service }, cancel)).Select(row => row.ToCount())];

    public async Task<IReadOnlyList<(string Shape, string Service)>> FindAsync(string shape, CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<PlaceRow>(
            """
            SELECT DISTINCT shape AS Shape, service AS Service FROM workflow_counts
            WHERE shape >= @shape AND shape < @end ORDER BY shape, service LIMIT 100
            """,
            new { shape, end = shape + "g" },
            cancel)).Select(row => (row.Shape, row.Service)),
    ];

    public async Task<WorkflowOmissions> OmissionsAsync(string service, CancellationToken cancel)
    {
        var rows = await database.ReadAsync<OmissionRow>(
            "SELECT late_spans AS LateSpans, traces_left_out AS TracesLeftOut FROM workflow_omissions WHERE service = @service", new { service }, cancel);
        return rows.Count == 0 ? new WorkflowOmissions(0, 0) : new WorkflowOmissions(rows[0].LateSpans, rows[0].TracesLeftOut);
    }

    private static async Task<int> CloseQuietAsync(DbTransaction transaction, DateTimeOffset now)
    {
        var rows = (await transaction.ManyAsync<PartRow>(
            "SELECT digest AS Digest, arrived_at AS ArrivedAt, traces AS Traces FROM workflow_parts ORDER BY arrived_at, digest", new { }))
            .Select(row => (row.Digest, row.ArrivedAt, Parts: ModelJson.Read<ImmutableArray<TraceSteps>>(row.Traces)))
            .ToList();
        var quietSince = (now - Quiet).ToMicroseconds();
        var quiet = rows
            .SelectMany(row => row.Parts, (row, part) => (Key: KeyOf(part), Part: part, row.ArrivedAt))
            .GroupBy(part => part.Key, StringComparer.Ordinal)
            .Where(trace => trace.Max(part => part.ArrivedAt) <= quietSince)
            .ToList();
        foreach (var trace in quiet)
        {
            await CloseAsync(transaction, trace.Key, [.. trace.Select(part => part.Part)], trace.Max(part => part.ArrivedAt), now);
        }

        var closed = quiet.Select(trace => trace.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (digest, _, parts) in rows)
        {
            var open = parts.RemoveAll(part => closed.Contains(KeyOf(part)));
            if (open.IsEmpty)
            {
                await transaction.RunAsync("DELETE FROM workflow_parts WHERE digest = @digest", new { digest });
            }
            else if (open.Length < parts.Length)
            {
                await transaction.RunAsync("UPDATE workflow_parts SET traces = @traces WHERE digest = @digest", new { digest, traces = ModelJson.Write(open) });
            }
        }

        return closed.Count;
    }

    private static async Task CloseAsync(DbTransaction transaction, string key, ImmutableArray<TraceSteps> parts, long seen, DateTimeOffset now)
    {
        var isFirst = await transaction.RunAsync(
            "INSERT INTO workflow_closed (trace, closed_at) VALUES (@key, @at) ON CONFLICT (trace) DO NOTHING", new { key, at = now.ToMicroseconds() }) == 1;
        var of = parts[0];
        if (!isFirst)
        {
            await OmitAsync(transaction, of.Service, parts.Sum(part => part.Spans), tracesLeftOut: 0);
            return;
        }

        var shape = WorkflowShape.Of(parts.SelectMany(part => part.Steps));
        if (shape.Steps.IsEmpty)
        {
            return;
        }

        if (shape.Steps.Length > TraceAssembly.MaxSteps)
        {
            await OmitAsync(transaction, of.Service, lateSpans: 0, tracesLeftOut: 1);
            return;
        }

        await CountAsync(transaction, shape, of, parts.Any(part => part.IsTest), seen);
    }

    private static async Task CountAsync(DbTransaction transaction, WorkflowShape shape, TraceSteps of, bool isTest, long seen)
    {
        await transaction.RunAsync(
            "INSERT INTO workflow_shapes (id, steps) VALUES (@Id, @steps) ON CONFLICT (id) DO NOTHING", new { shape.Id, steps = ModelJson.Write(shape.Steps) });
        var version = ModelJson.Write(of.Version);
        await transaction.RunAsync(
            """
            INSERT INTO workflow_counts (digest, shape, service, environment, version, is_test, traces, first_seen, last_seen, example)
            VALUES (@digest, @Id, @Service, @Environment, @version, @test, 1, @seen, @seen, @TraceId)
            ON CONFLICT (digest) DO UPDATE SET
              traces = workflow_counts.traces + 1,
              first_seen = CASE WHEN excluded.first_seen < workflow_counts.first_seen THEN excluded.first_seen ELSE workflow_counts.first_seen END,
              last_seen = CASE WHEN excluded.last_seen > workflow_counts.last_seen THEN excluded.last_seen ELSE workflow_counts.last_seen END
            """,
            new
            {
                digest = Digest.Of(shape.Id, of.Service, of.Environment, version, isTest ? "test" : null),
                shape.Id,
                of.Service,
                of.Environment,
                version,
                test = isTest ? 1L : 0L,
                seen,
                of.TraceId,
            });
    }

    private static Task OmitAsync(DbTransaction transaction, string service, long lateSpans, long tracesLeftOut) => transaction.RunAsync(
        """
        INSERT INTO workflow_omissions (service, late_spans, traces_left_out) VALUES (@service, @lateSpans, @tracesLeftOut)
        ON CONFLICT (service) DO UPDATE SET
          late_spans = workflow_omissions.late_spans + excluded.late_spans,
          traces_left_out = workflow_omissions.traces_left_out + excluded.traces_left_out
        """,
        new { service, lateSpans, tracesLeftOut });

    private static string KeyOf(TraceSteps part) => Digest.Of(part.Service, part.Environment, part.Version.ToString(), part.TraceId);

    private sealed class PartRow
    {
        public required string Digest { get; init; }

        public long ArrivedAt { get; init; }

        public required string Traces { get; init; }
    }

    private sealed class PlaceRow
    {
        public required string Shape { get; init; }

        public required string Service { get; init; }
    }

    private sealed class OmissionRow
    {
        public long LateSpans { get; init; }

        public long TracesLeftOut { get; init; }
    }

    private sealed class CountRow
    {
        public required string Shape { get; init; }

        public required string Steps { get; init; }

        public required string Service { get; init; }

        public required string Environment { get; init; }

        public required string Version { get; init; }

        public long IsTest { get; init; }

        public long Traces { get; init; }

        public long FirstSeen { get; init; }

        public long LastSeen { get; init; }

        public required string Example { get; init; }

        public ShapeCount ToCount() => new(
            new WorkflowShape(Shape, ModelJson.Read<ImmutableArray<WorkflowStep>>(Steps)),
            Service,
            Environment,
            ModelJson.Read<ReportedVersion>(Version),
            IsTest != 0,
            Traces,
            Instant.FromMicroseconds(FirstSeen),
            Instant.FromMicroseconds(LastSeen),
            Example);
    }
}
