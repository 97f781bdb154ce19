using Airworthy.Alerts;
using Airworthy.Feedback;
using Airworthy.Incidents;
using Airworthy.Probation;
using Airworthy.Telemetry;
using Airworthy.Telemetry.Releases;
using Airworthy.Telemetry.Workflows;

namespace Airworthy.Storage;

/// <summary>
/// The one relational store behind every interface that keeps something: a SQLite file, or a PostgreSQL database. What a method was
/// awaited for is durable.
/// </summary>
public sealed class Store : IAsyncDisposable
{
    private readonly Database _database;

    private Store(Database database)
    {
        _database = database;
        Telemetry = new TelemetryStore(database);
        Operations = new OperationLinks(database);
        Workflows = new WorkflowStore(database);
        Releases = new ReleaseStore(database);
        Upkeep = new RollUp(database);
        Services = new ServiceRegistry(database);
        Incidents = new IncidentStore(database);
        Changes = new ChangeLedger(database);
        Lessons = new LessonStore(database);
        Alerts = new AlertStore(database);
    }

    public ITelemetryStore Telemetry { get; }

    public IOperationLinks Operations { get; }

    public IWorkflowStore Workflows { get; }

    public IReleaseStore Releases { get; }

    public ITelemetryUpkeep Upkeep { get; }

    public IServiceRegistry Services { get; }

    public IIncidentStore Incidents { get; }

    public IChangeLedger Changes { get; }

    public ILessonStore Lessons { get; }

    public IAlertStore Alerts { get; }

    /// <summary>Opens <c>airworthy.db</c> in a folder, making both when they are not there. The folder is this process's until disposal.</summary>
    /// <exception cref="StorageException">The folder can't be written, is in use, or holds the database of a newer version.</exception>
    public static async Task<Store> OpenSqliteAsync(string directory, TimeProvider time, CancellationToken cancel) =>
        new(await Database.OpenAsync(SqliteDialect.Open(directory), time, cancel));

    /// <summary>Opens a PostgreSQL database that is there, making its tables when they are not.</summary>
    /// <exception cref="StorageException">It does not answer, or is of a newer version.</exception>
    public static async Task<Store> OpenPostgresAsync(string connectionString, TimeProvider time, CancellationToken cancel) =>
        new(await Database.OpenAsync(PostgresDialect.Open(connectionString), time, cancel));

    /// <summary>A lease on what only one of several servers on this database may do.</summary>
    public Lease LeaseOn(string name) => new(_database, name);

    /// <summary>Finishes the writes that wait, then closes.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
