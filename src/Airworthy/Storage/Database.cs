using System.Data.Common;
using System.Threading.Channels;
using Airworthy.Model;
using Dapper;

namespace Airworthy.Storage;

/// <summary>
/// Reads and writes one database. Writes go through one writer that puts all that wait into one transaction (group commit): each caller gets
/// its result only after the commit. When one fails, each is tried again in a transaction of its own, so that only its own caller sees it.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const int MaxGroup = 256;
    private const int MaxWaiting = 4096;

    private readonly Channel<IWrite> _writes = Channel.CreateBounded<IWrite>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Dialect _dialect;
    private readonly Task _writer;

    private Database(Dialect dialect, TimeProvider time)
    {
        _dialect = dialect;
        Time = time;
        _writer = Task.Run(WriteAllAsync);
    }

    public TimeProvider Time { get; }

    /// <summary>True when other processes may use the same database.</summary>
    public bool IsShared => _dialect.IsShared;

    /// <summary>Opens the database, bringing its schema up to date. Owns <paramref name="dialect"/> from here on, also when it fails.</summary>
    /// <exception cref="StorageException">It can't be opened.</exception>
    public static async Task<Database> OpenAsync(Dialect dialect, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            await using (await dialect.ConnectToMigrateAsync(cancel))
            {
                Schema.Migrate(dialect);
            }

            return new Database(dialect, time);
        }
        catch (Exception e)
        {
            dialect.Dispose();
            if (e is DbException)
            {
                throw new StorageException(Fault.Unavailable, $"the database {dialect.Name} can't be opened: {StorageException.FirstLine(e)}", e);
            }

            throw;
        }
    }

    /// <summary>Does <paramref name="work"/> in a transaction shared with other writers; returns after its commit.</summary>
    /// <param name="work">May be run more than once, so it must keep nothing of an earlier run.</param>
    /// <param name="cancel">Stops waiting; work already queued is still done.</param>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancel)
    {
        var write = new Write<T>(work);
        try
        {
            await _writes.Writer.WriteAsync(write, cancel);
            return await write.Done.WaitAsync(cancel);
        }
        catch (DbException e)
        {
            throw Failed(e);
        }
        catch (ChannelClosedException e)
        {
            throw new StorageException(Fault.Unavailable, "the store is closing", e);
        }
    }

    public Task WriteAsync(Func<DbTransaction, Task> work, CancellationToken cancel) => WriteAsync(
        async transaction =>
        {
            await work(transaction);
            return true;
        },
        cancel);

    /// <summary>Rows of a query, in its order.</summary>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object? parameters, CancellationToken cancel)
    {
        try
        {
            await using var connection = await _dialect.ConnectAsync(cancel);
            return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancel))).AsList();
        }
        catch (DbException e)
        {
            throw Failed(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _writer;
        _dialect.Dispose();
    }

    private StorageException Failed(DbException e) =>
        new(Fault.Unavailable, $"the database {_dialect.Name} does not answer as it must: {StorageException.FirstLine(e)}", e);

    private async Task WriteAllAsync()
    {
        var group = new List<IWrite>(MaxGroup);
        while (await _writes.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MaxGroup && _writes.Reader.TryRead(out var write))
            {
                group.Add(write);
            }

            if (await TryCommitAsync(group) is not { } failure)
            {
                continue;
            }

            if (failure.IsDatabases)
            {
                FailAll(group, failure.Exception);
                continue;
            }

            await CommitEachAsync(group);
        }
    }

    /// <summary>One of the group failed by itself, or met a write of another node: each gets a transaction of its own.</summary>
    private async Task CommitEachAsync(List<IWrite> group)
    {
        for (var i = 0; i < group.Count; i++)
        {
            if (await TryCommitAsync(group[i..(i + 1)]) is not { } failure)
            {
                continue;
            }

            if (failure.IsDatabases)
            {
                // Trying the rest would cost each a timeout.
                FailAll(group[i..], failure.Exception);
                return;
            }

            group[i].Fail(failure.Exception);
        }
    }

    private static void FailAll(List<IWrite> group, Exception reason)
    {
        foreach (var write in group)
        {
            write.Fail(reason);
        }
    }

    /// <summary>Commits the group and tells its callers; otherwise rolls back, tells nobody, and gives the reason.</summary>
    private async Task<Failure?> TryCommitAsync(List<IWrite> group)
    {
        var isWorking = false;
        try
        {
            await using var connection = await _dialect.ConnectAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync();
            isWorking = true;
            foreach (var write in group)
            {
                await write.RunAsync(transaction);
            }

            isWorking = false;
            await transaction.CommitAsync();
        }
#pragma warning disable CA1031 // The edge of the writer: whatever a write threw goes to its own caller, and the next ones are served.
        catch (Exception e)
        {
            return new Failure(e, IsDatabases: !isWorking);
        }
#pragma warning restore CA1031

        foreach (var write in group)
        {
            write.Succeed();
        }

        return null;
    }

    /// <summary>Why a transaction did not commit.</summary>
    /// <param name="Exception">What was thrown.</param>
    /// <param name="IsDatabases">True when no write did it: the connection, or the commit.</param>
    private sealed record Failure(Exception Exception, bool IsDatabases);

    private interface IWrite
    {
        Task RunAsync(DbTransaction transaction);

        void Succeed();

        void Fail(Exception e);
    }

    private sealed class Write<T>(Func<DbTransaction, Task<T>> work) : IWrite
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Done => _done.Task;

        public async Task RunAsync(DbTransaction transaction) => _result = await work(transaction);

        public void Succeed() => _done.SetResult(_result!);

        public void Fail(Exception e) => _done.SetException(e);
    }
}
