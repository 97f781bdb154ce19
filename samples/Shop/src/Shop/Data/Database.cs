using Microsoft.Data.Sqlite;

namespace Shop.Data;

/// <summary>The shop's SQLite file.</summary>
public sealed class Database
{
    private readonly string _connectionString;

    public Database(IConfiguration configuration)
    {
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = configuration["Shop:Database"] ?? "shop.db",
        }.ToString();
        using var connection = Open();
        foreach (var statement in Schema.Statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }
}
