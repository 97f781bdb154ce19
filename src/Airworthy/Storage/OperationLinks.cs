using System.Data.Common;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Storage;

/// <summary>Keeps which functions operations lead to; what made-up names would fill it with beyond its room is left out.</summary>
internal sealed class OperationLinks(Database database) : IOperationLinks
{
    private const int MostFrames = 64;
    private const int MostRows = 20_000;

    private readonly RowBudget _rows = new("operation_frames", MostRows, MostRows * 10);

    public Task AddAsync(string service, string operation, IReadOnlyCollection<StackFrame> frames, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            if (await CountAsync(transaction, service, operation, "", "") is not null and not > IOperationLinks.MostTraces)
            {
                foreach (var (function, file) in frames.Where(frame => frame.Symbol is { Length: > 0 }).Select(frame => (frame.Symbol!, frame.File ?? "")).Distinct().Take(MostFrames))
                {
                    await CountAsync(transaction, service, operation, function, file);
                }
            }
        },
        cancel);

    public async Task<IReadOnlyList<OperationLink>> OfAsync(string service, CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<Row>(
            """
            SELECT f.operation AS Operation, f.code_function AS Function, f.code_file AS File, f.traces AS Through, t.traces AS Traces
            FROM operation_frames f JOIN operation_frames t ON t.service = f.service AND t.operation = f.operation AND t.code_function = ''
            WHERE f.service = @service AND f.code_function <> '' ORDER BY f.traces DESC, f.operation, f.code_function
            """,
            new { service },
            cancel)).Select(row => new OperationLink(row.Operation, row.Function, row.File, row.Through, Math.Min(row.Traces, IOperationLinks.MostTraces))),
    ];

    /// <summary>Counts one more; how many there are now, null when there is no room.</summary>
    private async Task<long?> CountAsync(DbTransaction transaction, string service, string operation, string function, string file)
    {
        var digest = Digest.Of(service, operation, function, file);
        var known = await transaction.OneAsync<long?>("SELECT traces FROM operation_frames WHERE digest = @digest", new { digest });
        if (known > IOperationLinks.MostTraces || (known is null && !await _rows.TryTakeAsync(transaction, service)))
        {
            return known;
        }

        await transaction.RunAsync(
            """
            INSERT INTO operation_frames (digest, service, operation, code_function, code_file, traces) VALUES (@digest, @service, @operation, @function, @file, 1)
            ON CONFLICT (digest) DO UPDATE SET traces = operation_frames.traces + 1
            """,
            new { digest, service, operation, function, file });
        return (known ?? 0) + 1;
    }

    private sealed class Row
    {
        public required string Operation { get; init; }

        public required string Function { get; init; }

        public required string File { get; init; }

        public long Through { get; init; }

        public long Traces { get; init; }
    }
}
