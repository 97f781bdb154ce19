using System.Data.Common;
using Airworthy.Model;
using Dapper;
using DbUp;
using DbUp.Builder;
using Npgsql;

namespace Airworthy.Storage;

/// <summary>A PostgreSQL database that any number of servers share.</summary>
internal sealed class PostgresDialect : Dialect
{
    // Any number that no other program on the database is likely to lock: the letters of "airworth".
    private const long SchemaLock = 0x616972776f727468;

    private readonly string _connectionString;
    private readonly NpgsqlDataSource _source;

    private PostgresDialect(NpgsqlConnectionStringBuilder connection)
    {
        Name = $"{connection.Host}/{connection.Database}";
        _connectionString = connection.ConnectionString;
        _source = NpgsqlDataSource.Create(connection);
    }

    public override string Name { get; }

    public override bool IsShared => true;

    /// <exception cref="StorageException">The connection string can't be read.</exception>
    public static PostgresDialect Open(string connectionString)
    {
        try
        {
            return new PostgresDialect(IsUrl(connectionString) ? OfUrl(connectionString) : new NpgsqlConnectionStringBuilder(connectionString));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new StorageException(
                Fault.Usage, "the PostgreSQL connection string can't be read: write it as 'Host=…;Database=…;Username=…' or 'postgres://user@host/database'", e);
        }
    }

    private static bool IsUrl(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>postgres://user:password@host:port/database?sslmode=require</c>, as libpq has it.</summary>
    private static NpgsqlConnectionStringBuilder OfUrl(string text)
    {
        var url = new Uri(text);
        var user = url.UserInfo.Split(':', 2);
        var connection = new NpgsqlConnectionStringBuilder { Host = url.Host, Port = url.Port > 0 ? url.Port : 5432, Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')) };
        if (user[0].Length > 0)
        {
            connection.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length == 2)
        {
            connection.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)))
        {
            connection[pair[0] == "sslmode" ? "SSL Mode" : pair[0]] = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]).Replace("-", "", StringComparison.Ordinal) : "";
        }

        return connection;
    }

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancel) => await _source.OpenConnectionAsync(cancel);

    /// <summary>The lock belongs to the session, so the connection is kept out of the pool: closing it ends both.</summary>
    public override async Task<DbConnection> ConnectToMigrateAsync(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            await connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_lock(@SchemaLock)", new { SchemaLock }, cancellationToken: cancel));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override UpgradeEngineBuilder Migrations() => DeployChanges.To.PostgresqlDatabase(_connectionString);

    public override void Dispose() => _source.Dispose();
}
