using System.Collections.Concurrent;
using System.Data.Common;

namespace Airworthy.Storage;

/// <summary>
/// Keeps names that senders make up from filling a table: so many rows for a service, and so many at all. Counted once from the table and then along;
/// of a transaction that failed, or of another node, it may count some too many or too few.
/// </summary>
internal sealed class RowBudget(string table, long perService, long total)
{
    private readonly ConcurrentDictionary<string, long> _rows = new(StringComparer.Ordinal);
    private long _all = -1;

    /// <summary>Takes a row for a service; false when there is no room for another.</summary>
    public async Task<bool> TryTakeAsync(DbTransaction transaction, string service)
    {
        if (_all < 0)
        {
            _all = await transaction.OneAsync<long?>($"SELECT COUNT(*) FROM {table}", new { }) ?? 0;
        }

        if (_all >= total)
        {
            return false;
        }

        if (!_rows.TryGetValue(service, out var rows))
        {
            rows = await transaction.OneAsync<long?>($"SELECT COUNT(*) FROM {table} WHERE service = @service", new { service }) ?? 0;
        }

        if (rows >= perService)
        {
            _rows[service] = rows;
            return false;
        }

        _rows[service] = rows + 1;
        _all++;
        return true;
    }
}
