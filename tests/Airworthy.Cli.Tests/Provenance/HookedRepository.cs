using System.Diagnostics;
using Airworthy.Testing;

namespace Airworthy.Cli.Tests.Provenance;

/// <summary>A repository in which git finds <c>airworthy</c> on its PATH, as a user's would, so that its hooks work.</summary>
internal sealed class HookedRepository : IDisposable
{
    private readonly string _programs = Directory.CreateTempSubdirectory("airworthy-bin-").FullName;

    public HookedRepository()
    {
        Executable(
            Path.Combine(_programs, "airworthy"), $"#!/bin/sh\nexec '{Path.Combine(AppContext.BaseDirectory, "Airworthy.Cli")}' \"$@\"\n");
    }

    public RepositoryBuilder Repository { get; } = new();

    public string Folder => Repository.Folder;

    public string Hook(string name) => Path.Combine(Folder, ".git", "hooks", name);

    public Task<CliRun> RunAsync(params string[] arguments) => CliRun.InAsync(Folder, arguments);

    /// <summary>Commits all there is, the files given too, as a user does.</summary>
    public void Commit(string message, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            Repository.Write(path, text);
        }

        Git("add", "-A");
        Git("commit", "-q", "-m", message);
    }

    /// <summary>Commits, and says who wrote it.</summary>
    public async Task CommitAsync(string message, string agent, params (string Path, string Text)[] files)
    {
        Commit(message, files);
        await CliRun.NoteAsync(Folder, agent);
    }

    public string Git(params string[] arguments) => GitWith([], arguments);

    /// <summary>Runs git as a user does, hooks and all, in <paramref name="folder"/> or the repository.</summary>
    public string GitWith((string Name, string Value)[] environment, string[] arguments, string? folder = null)
    {
        var (exit, output, error) = Try(environment, arguments, folder);
        return exit == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error}{output}");
    }

    public (int Exit, string Output, string Error) Try((string Name, string Value)[] environment, string[] arguments, string? folder = null)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder ?? Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        (string, string)[] fixedOnes =
        [
            ("PATH", $"{_programs}:{Environment.GetEnvironmentVariable("PATH")}"),
            ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_EDITOR", "true"),
            ("GIT_AUTHOR_NAME", "Ada"), ("GIT_AUTHOR_EMAIL", "ada@example.org"), ("GIT_COMMITTER_NAME", "Ada"), ("GIT_COMMITTER_EMAIL", "ada@example.org"),
        ];
        foreach (var (name, value) in fixedOnes.Concat(environment))
        {
            start.Environment[name] = value;
        }

        using var git = Process.Start(start)!;
        git.StandardInput.Close();
        var error = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return (git.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public static void Executable(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose()
    {
        Repository.Dispose();
        Directory.Delete(_programs, recursive: true);
    }
}
