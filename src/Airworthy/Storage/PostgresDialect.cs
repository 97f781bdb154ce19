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

    /// <exception cref="StorageException">The connection string can't be read.</exception>
    public static PostgresDialect Open(string connectionString)
    {
        try
        {
            return new PostgresDialect(new NpgsqlConnectionStringBuilder(connectionString));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new StorageException(
                Fault.Usage, "the PostgreSQL connection string can't be read: write it as 'Host=…;Database=…;Username=…'", e);
        }
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
