using System.Diagnostics;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary>Runs a program with an environment of its own; the command as <c>airworthy</c> is on its path.</summary>
internal static class CliProcess
{
    private static readonly string s_launcher = Path.Combine(AppContext.BaseDirectory, "Airworthy.Cli");

    /// <summary>Runs the command.</summary>
    public static Task<CliRun> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartAsync(s_launcher, folder, environment, arguments);

    /// <summary>Starts the command, for who ends it before it ends by itself.</summary>
    public static Process Start(string folder, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(s_launcher, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false })!;

    /// <summary>Runs a script of bash as a step of GitHub Actions is run.</summary>
    public static Task<CliRun> BashAsync(string folder, IReadOnlyDictionary<string, string> environment, string script)
    {
        var named = Path.Combine(environment["RUNNER_TEMP"], "airworthy");
        if (!File.Exists(named))
        {
            File.CreateSymbolicLink(named, s_launcher);
        }

        var path = new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["PATH"] = $"{environment["RUNNER_TEMP"]}:{Environment.GetEnvironmentVariable("PATH")}" };
        return StartAsync("bash", folder, path, ["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
    }

    private static async Task<CliRun> StartAsync(string program, string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CliRun(process.ExitCode, output, await error);
    }
}
