using System.Diagnostics;
using Npgsql;

namespace Airworthy.Testing;

/// <summary>A PostgreSQL of this test run only, in a folder of its own, reached by a Unix socket. Started by the first test that asks for it.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private string? _directory;
    private Process? _server;
    private int _databases;

    /// <summary>A new, empty database; the connection string that opens it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await EnsureStartedAsync();
        var name = $"t{Interlocked.Increment(ref _databases)}";
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            // The postmaster's pid is ours: setpriv replaces itself by it. SIGQUIT ends it without a checkpoint.
            await RunAsync("kill", ["-QUIT", $"{_server.Id}"]);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        if (_directory is not null)
        {
            Directory.Delete(_directory, recursive: true);
        }

        _starting.Dispose();
    }

    private string ConnectionString(string database) => $"Host={_directory};Username=postgres;Database={database};Maximum Pool Size=20";

    private async Task EnsureStartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_server is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task StartAsync()
    {
        var binaries = Binaries();
        _directory = Directory.CreateTempSubdirectory("airworthy-pg-").FullName;
        var data = Path.Combine(_directory, "data");
        string[] user = [];
        if (Environment.UserName == "root")
        {
            // PostgreSQL refuses to run as root.
            await RunAsync("chown", ["postgres:postgres", _directory]);
            user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"];
        }

        string[] initialise =
            [.. user, Path.Combine(binaries, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
        await RunAsync(initialise[0], initialise[1..]);

        string[] serve =
        [
            .. user, Path.Combine(binaries, "postgres"), "-D", data, "-k", _directory,
            "-c", "listen_addresses=", "-c", "fsync=off", "-c", "lc_messages=C", "-c", "logging_collector=off",
        ];
        _server = Process.Start(new ProcessStartInfo(serve[0], serve[1..]) { RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" })!;
        while (await _server.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                // Nobody reads on, and a full pipe would stop the server.
                _ = _server.StandardError.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException("the test's PostgreSQL ended before it was ready");
    }

    private static string Binaries() =>
        new[] { "/usr/lib/postgresql" }.Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderByDescending(bin => bin, StringComparer.Ordinal)
            .FirstOrDefault()
        ?? throw new InvalidOperationException("these tests need PostgreSQL's server programs: apt-get install postgresql");

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error}");
        }
    }
}
