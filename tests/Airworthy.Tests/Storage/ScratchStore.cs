using Airworthy.Storage;
using Airworthy.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Airworthy.Tests.Storage;

/// <summary>An empty store of one test, which can be closed and opened again.</summary>
internal sealed class ScratchStore : IAsyncDisposable
{
    private readonly Func<Task<Store>> _open;
    private readonly string? _directory;

    private ScratchStore(Func<Task<Store>> open, string? directory, FakeTimeProvider time)
    {
        _open = open;
        _directory = directory;
        Time = time;
    }

    public Store Store { get; private set; } = null!;

    public FakeTimeProvider Time { get; }

    /// <summary>The connection string; null of SQLite.</summary>
    public string? Connection { get; private init; }

    public static async Task<ScratchStore> CreateAsync(Backend backend, PostgresCluster cluster)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
        ScratchStore scratch;
        if (backend == Backend.Postgres)
        {
            var connection = await cluster.CreateDatabaseAsync();
            scratch = new ScratchStore(() => Store.OpenPostgresAsync(connection, time, CancellationToken.None), null, time) { Connection = connection };
        }
        else
        {
            var directory = Directory.CreateTempSubdirectory("airworthy-store-").FullName;
            scratch = new ScratchStore(() => Store.OpenSqliteAsync(directory, time, CancellationToken.None), directory, time);
        }

        scratch.Store = await scratch._open();
        return scratch;
    }

    /// <summary>A second store on the same database, as a second node would have; PostgreSQL only.</summary>
    public Task<Store> OpenAnotherAsync() => _open();

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await _open();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (_directory is not null)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
