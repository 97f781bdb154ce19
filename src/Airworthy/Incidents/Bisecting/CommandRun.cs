using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Incidents.Bisecting;

/// <summary>One run of a command that the user gave, in a checked-out revision. No shell; its children end with it.</summary>
internal static class CommandRun
{
    private const int KeptOutput = 4096;

    /// <summary>Shells give these for a program that can't be run, or that is not there: nothing is learnt of the revision then.</summary>
    private static readonly int[] s_notRun = [126, 127];

    /// <summary>Runs it to its end.</summary>
    /// <returns>How it ended, null when it took too long, and the end of what it printed.</returns>
    /// <exception cref="BisectException">The program can't be run at all.</exception>
    public static async Task<(int? Exit, string Output)> RunAsync(
        ImmutableArray<string> command, string folder, string from, TimeSpan most, CancellationToken cancel)
    {
        using var process = Start(command, folder, from);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(most);
        var kept = new StringBuilder();
        try
        {
            process.StandardInput.Close();
            await Task.WhenAll(
                ReadAsync(process.StandardOutput, kept, time.Token), ReadAsync(process.StandardError, kept, time.Token), process.WaitForExitAsync(time.Token));
            return s_notRun.Contains(process.ExitCode)
                ? throw NotRun(command, $"it ended with {process.ExitCode}: {Last(kept)}", cause: null)
                : (process.ExitCode, kept.ToString());
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, kept.ToString());
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static Process Start(ImmutableArray<string> command, string folder, string from)
    {
        var start = new ProcessStartInfo(Program(command[0], folder, from), command.Skip(1))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        // What a build leaves running would hold files of the next revision.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw NotRun(command, missing.Message, missing);
        }
    }

    /// <summary>A program named with a slash: the revision's own, else the one where the user stands.</summary>
    private static string Program(string name, string folder, string from)
    {
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            return name;
        }

        var own = Path.GetFullPath(name, folder);
        return File.Exists(own) ? own : Path.GetFullPath(name, from);
    }

    private static BisectException NotRun(ImmutableArray<string> command, string why, Exception? cause) => new(
        Fault.Usage, $"'{string.Join(' ', command)}' can't be run: {why}; it runs in a checkout of each revision, so name files beside it by absolute paths", cause);

    private static string Last(StringBuilder text)
    {
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "it said nothing" : lines[^1];
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder kept, CancellationToken cancel)
    {
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancel)) > 0)
        {
            lock (kept)
            {
                kept.Append(buffer, 0, read);
                if (kept.Length > KeptOutput)
                {
                    kept.Remove(0, kept.Length - KeptOutput);
                }
            }
        }
    }
}
