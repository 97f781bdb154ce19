using System.Data.Common;
using DbUp.Builder;

namespace Airworthy.Storage;

/// <summary>The little in which SQLite and PostgreSQL differ: how to connect, and how the schema's journal is written.</summary>
internal abstract class Dialect : IDisposable
{
    /// <summary>What people call this database: a file, or a server and database. Never a password.</summary>
    public abstract string Name { get; }

    /// <summary>True when other processes may use the same database.</summary>
    public abstract bool IsShared { get; }

    /// <summary>A connection ready for use.</summary>
    public abstract Task<DbConnection> ConnectAsync(CancellationToken cancel);

    /// <summary>A connection that, until it is closed, keeps other processes from migrating the same database.</summary>
    public abstract Task<DbConnection> ConnectToMigrateAsync(CancellationToken cancel);

    /// <summary>Where migrations go.</summary>
    public abstract UpgradeEngineBuilder Migrations();

    public abstract void Dispose();
}
