using System.Data.Common;
using Airworthy.Model;
using DbUp;
using DbUp.Builder;
using Npgsql;

namespace Airworthy.Storage;

/// <summary>A PostgreSQL database that any number of servers share.</summary>
internal sealed class PostgresDialect : Dialect
{
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
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StorageException(
                Fault.Usage, "the PostgreSQL connection string can't be read: write it as 'Host=…;Database=…;Username=…'", e);
        }
    }

    public override async Task<DbConnection> ConnectAsync(CancellationToken cancel) => await _source.OpenConnectionAsync(cancel);

    public override UpgradeEngineBuilder Migrations() => DeployChanges.To.PostgresqlDatabase(_connectionString);

    public override void Dispose() => _source.Dispose();
}
