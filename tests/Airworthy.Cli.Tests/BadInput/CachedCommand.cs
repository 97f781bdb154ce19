using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Airworthy.Cli.Tests.BadInput;

/// <summary>The command as processes of their own, as a user starts them, which share a cache.</summary>
internal sealed class CachedCommand : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-cached-").FullName;

    /// <summary>The files of the cache that hold edits.</summary>
    public string[] Files => Directory.Exists(Kept)
        ? [.. Directory.GetFiles(Kept, "*.db").Where(file => !file.EndsWith(".patches.db", StringComparison.Ordinal))]
        : [];

    /// <summary>The only file that holds edits.</summary>
    public string File => Assert.Single(Files);

    private string Kept => Path.Combine(_folder, "line-history");

    /// <summary>How many commits are kept; null when there is no file, or it has no table yet.</summary>
    public int? Commits
    {
        get
        {
            if (Files.Length == 0)
            {
                return null;
            }

            using var connection = Open();
            using var count = connection.CreateCommand();
            count.CommandText = "SELECT CASE WHEN EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'edits') THEN 1 END";
            if (count.ExecuteScalar() is DBNull or null)
            {
                return null;
            }

            count.CommandText = "SELECT COUNT(*) FROM edits";
            return Convert.ToInt32(count.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Makes it the cache of a version to come, which keeps nothing beside it that this one knows.</summary>
    public void MakeNewer()
    {
        foreach (var beside in Directory.GetFiles(Kept).Except([File], StringComparer.Ordinal))
        {
            System.IO.File.Delete(beside);
        }

        using var connection = Open();
        using var change = connection.CreateCommand();
        change.CommandText = "DROP TABLE edits; CREATE TABLE edits (something_else TEXT); PRAGMA user_version = 99";
        change.ExecuteNonQuery();
    }

    /// <summary>Puts <paramref name="bytes"/> where the cache was.</summary>
    public void Replace(byte[] bytes)
    {
        var file = File;
        foreach (var beside in Directory.GetFiles(Kept))
        {
            System.IO.File.Delete(beside);
        }

        System.IO.File.WriteAllBytes(file, bytes);
    }

    /// <summary>How much of the edits was written, to the file and the log beside it.</summary>
    public long Written
    {
        get
        {
            try
            {
                return Directory.Exists(Kept) ? new DirectoryInfo(Kept).EnumerateFiles("*.db*").Sum(file => file.Length) : 0;
            }
            catch (FileNotFoundException)
            {
                // The log was put away meanwhile.
                return 0;
            }
        }
    }

    public Process Start(string repository, params string[] arguments) => Start(_folder, repository, arguments);

    public Task<CliRun> RunAsync(string repository, params string[] arguments) => EndAsync(Start(repository, arguments));

    /// <summary>A run that neither reads nor keeps anything.</summary>
    public static Task<CliRun> WithoutAsync(string repository, params string[] arguments) => EndAsync(Start("off", repository, arguments));

    public static async Task<CliRun> EndAsync(Process command)
    {
        using (command)
        {
            var error = command.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var answer = await command.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await command.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new CliRun(command.ExitCode, answer, await error);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Process Start(string cache, string repository, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Airworthy.Cli"), arguments)
        {
            WorkingDirectory = repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["AIRWORTHY_CACHE"] = cache;
        return Process.Start(start)!;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }
}
