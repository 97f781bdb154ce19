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

    /// <summary>Most shapes counted of a service, over all its environments and versions; a trace of one more is left out.</summary>
    public const int MaxShapes = 5_000;

    private const string Counts = """
        SELECT shape AS Shape, steps AS Steps, service AS Service, environment AS Environment, version AS Version, is_test AS IsTest,
               traces AS Traces, first_seen AS FirstSeen, last_seen AS LastSeen, example AS Example
        FROM workflow_counts JOIN workflow_shapes ON id = shape WHERE service = @service ORDER BY digest
        """;

    /// <summary>Adds what a request told, in the transaction that stores the request.</summary>
    public static async Task AppendAsync(DbTransaction transaction, TelemetryBatch batch, DateTimeOffset now)
    {
        var sent = batch.Traces;
        if (!sent.Traces.IsEmpty)
        {
            await transaction.RunAsync(
                "INSERT INTO workflow_parts (digest, arrived_at, traces) VALUES (@Digest, @at, @traces)",
                new { batch.Digest, at = now.ToMicroseconds(), traces = ModelJson.Write(sent.Traces) });
        }

        if (sent.OneIn > 1)
        {
            await transaction.RunAsync(
                """
                INSERT INTO workflow_choices (second, one_in) VALUES (@second, @OneIn)
                ON CONFLICT (second) DO UPDATE SET
                  one_in = CASE WHEN excluded.one_in > workflow_choices.one_in THEN excluded.one_in ELSE workflow_choices.one_in END
                """,
                new { second = now.ToUnixTimeSeconds(), sent.OneIn });
        }

        foreach (var (service, spans) in sent.SpansLeftOut)
        {
            await OmitAsync(transaction, service, lateSpans: 0, spans);
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
                await transaction.RunAsync("DELETE FROM workflow_choices WHERE second < @before", new { before = (now - LateWindow).ToUnixTimeSeconds() });
                return await CloseQuietAsync(transaction, now);
            },
            cancel);
    }

    public async Task<IReadOnlyList<ShapeCount>> CountsAsync(string service, CancellationToken cancel) =>
        [.. (await database.ReadAsync<CountRow>(Counts, new { service }, cancel)).Select(row => row.ToCount())];

    public async Task<IReadOnlyList<(string Shape, string Service)>> FindAsync(string shape, string? service, CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<PlaceRow>(
            $"""
            SELECT DISTINCT shape AS Shape, service AS Service FROM workflow_counts
            WHERE shape >= @shape AND shape < @end {(service is null ? "" : "AND service = @service")} ORDER BY shape, service LIMIT 100
            """,
            new { shape, end = shape + "g", service },
            cancel)).Select(row => (row.Shape, row.Service)),
    ];

    public async Task<WorkflowOmissions> OmissionsAsync(string service, CancellationToken cancel)
    {
        var rows = await database.ReadAsync<OmissionRow>(
            "SELECT late_spans AS LateSpans, spans_left_out AS SpansLeftOut FROM workflow_omissions WHERE service = @service", new { service }, cancel);
        return rows.Count == 0 ? new WorkflowOmissions(0, 0) : new WorkflowOmissions(rows[0].LateSpans, rows[0].SpansLeftOut);
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
            .Select(trace => new OpenTrace(trace.Key, [.. trace.Select(part => part.Part)], trace.Min(part => part.ArrivedAt), trace.Max(part => part.ArrivedAt)))
            .Where(trace => trace.Last <= quietSince)
            .ToList();
        var closing = new Closing(
            transaction, now, quiet.Count == 0 ? [] : [.. await transaction.ManyAsync<ChoiceRow>("SELECT second AS Second, one_in AS OneIn FROM workflow_choices", new { })]);
        foreach (var trace in quiet)
        {
            await CloseAsync(closing, trace);
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

    private static async Task CloseAsync(Closing closing, OpenTrace trace)
    {
        var isFirst = await closing.Transaction.RunAsync(
            "INSERT INTO workflow_closed (trace, closed_at) VALUES (@Key, @at) ON CONFLICT (trace) DO NOTHING",
            new { trace.Key, at = closing.Now.ToMicroseconds() }) == 1;
        var of = trace.Parts[0];
        var spans = trace.Parts.Sum(part => part.Spans);
        if (!isFirst)
        {
            await OmitAsync(closing.Transaction, of.Service, spans, spansLeftOut: 0);
            return;
        }

        var shape = WorkflowShape.Of(trace.Parts.SelectMany(part => part.Steps));
        if (shape.Steps.IsEmpty)
        {
            return;
        }

        var isWhole = closing.Chooses(trace) && shape.Steps.Length <= TraceAssembly.MaxSteps;
        if (!isWhole || !await CountAsync(closing, shape, of, trace))
        {
            await OmitAsync(closing.Transaction, of.Service, lateSpans: 0, spans);
        }
    }

    /// <summary>Counts a trace; false when its shape would be one more than are kept.</summary>
    private static async Task<bool> CountAsync(Closing closing, WorkflowShape shape, TraceSteps of, OpenTrace trace)
    {
        var version = ModelJson.Write(of.Version);
        var isTest = trace.Parts.Any(part => part.IsTest);
        var digest = Digest.Of(shape.Id, of.Service, of.Environment, version, isTest ? "test" : null);
        if (await closing.Transaction.RunAsync(
            """
            UPDATE workflow_counts SET
              traces = traces + 1,
              first_seen = CASE WHEN @first < first_seen THEN @first ELSE first_seen END,
              last_seen = CASE WHEN @last > last_seen THEN @last ELSE last_seen END
            WHERE digest = @digest
            """,
            new { digest, first = trace.First, last = trace.Last }) == 1)
        {
            return true;
        }

        if (await closing.ShapesOfAsync(of.Service) >= MaxShapes)
        {
            return false;
        }

        await closing.Transaction.RunAsync(
            "INSERT INTO workflow_shapes (id, steps) VALUES (@Id, @steps) ON CONFLICT (id) DO NOTHING", new { shape.Id, steps = ModelJson.Write(shape.Steps) });
        await closing.Transaction.RunAsync(
            """
            INSERT INTO workflow_counts (digest, shape, service, environment, version, is_test, traces, first_seen, last_seen, example)
            VALUES (@digest, @Id, @Service, @Environment, @version, @test, 1, @First, @Last, @TraceId)
            """,
            new { digest, shape.Id, of.Service, of.Environment, version, test = isTest ? 1L : 0L, trace.First, trace.Last, of.TraceId });
        return true;
    }

    private static Task OmitAsync(DbTransaction transaction, string service, long lateSpans, long spansLeftOut) => transaction.RunAsync(
        """
        INSERT INTO workflow_omissions (service, late_spans, spans_left_out) VALUES (@service, @lateSpans, @spansLeftOut)
        ON CONFLICT (service) DO UPDATE SET
          late_spans = workflow_omissions.late_spans + excluded.late_spans,
          spans_left_out = workflow_omissions.spans_left_out + excluded.spans_left_out
        """,
        new { service, lateSpans, spansLeftOut });

    private static string KeyOf(TraceSteps part) => Digest.Of(part.Service, part.Environment, part.Version.ToString(), part.TraceId);

    /// <summary>What was stored of a trace that is not closed.</summary>
    /// <param name="Key">Service, environment, version and id, as one digest.</param>
    /// <param name="Parts">What requests told of it; at least one.</param>
    /// <param name="First">When the first part came, microseconds.</param>
    /// <param name="Last">When the last part came, microseconds.</param>
    private sealed record OpenTrace(string Key, ImmutableArray<TraceSteps> Parts, long First, long Last);

    /// <summary>One closing of the traces that are quiet.</summary>
    private sealed class Closing(DbTransaction transaction, DateTimeOffset now, ImmutableArray<ChoiceRow> choices)
    {
        private readonly Dictionary<string, long> _shapes = new(StringComparer.Ordinal);

        public DbTransaction Transaction => transaction;

        public DateTimeOffset Now => now;

        /// <summary>True when no request that came while the trace was open, or that long before, left the trace out.</summary>
        public bool Chooses(OpenTrace trace)
        {
            var from = (Instant.FromMicroseconds(trace.First) - Quiet).ToUnixTimeSeconds();
            var to = (Instant.FromMicroseconds(trace.Last) + Quiet).ToUnixTimeSeconds();
            var oneIn = choices.Where(choice => choice.Second >= from && choice.Second <= to).Select(choice => (int)choice.OneIn).DefaultIfEmpty(1).Max();
            return TraceChoice.Chooses(trace.Parts[0].TraceId, oneIn);
        }

        /// <summary>How many shapes of a service are counted, this one's place among them taken.</summary>
        public async Task<long> ShapesOfAsync(string service)
        {
            if (!_shapes.TryGetValue(service, out var count))
            {
                count = await transaction.OneAsync<long?>("SELECT COUNT(*) FROM workflow_counts WHERE service = @service", new { service }) ?? 0;
            }

            _shapes[service] = count + 1;
            return count;
        }
    }

    private sealed class ChoiceRow
    {
        public long Second { get; init; }

        public long OneIn { get; init; }
    }

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

        public long SpansLeftOut { get; init; }
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
