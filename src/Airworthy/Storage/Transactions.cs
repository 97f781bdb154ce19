using System.Data.Common;
using Dapper;

namespace Airworthy.Storage;

/// <summary>The statements every store needs, on the transaction it was given.</summary>
internal static class Transactions
{
    public static Task<int> RunAsync(this DbTransaction transaction, string sql, object parameters) =>
        transaction.Connection!.ExecuteAsync(sql, parameters, transaction);

    public static Task<T?> OneAsync<T>(this DbTransaction transaction, string sql, object parameters) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<T>(sql, parameters, transaction);

    public static Task<IEnumerable<T>> ManyAsync<T>(this DbTransaction transaction, string sql, object parameters) =>
        transaction.Connection!.QueryAsync<T>(sql, parameters, transaction);

    /// <summary>
    /// Reserves <paramref name="count"/> numbers and gives the first. The marker's row stays locked until the commit, so numbers become
    /// visible in their order, whichever node writes.
    /// </summary>
    public static async Task<long> ReserveAsync(this DbTransaction transaction, string marker, int count) =>
        await transaction.Connection!.ExecuteScalarAsync<long>(
            "UPDATE markers SET value = value + @count WHERE name = @marker RETURNING value", new { marker, count }, transaction) - count + 1;
}
