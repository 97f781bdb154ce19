using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Probes.Replay;

/// <summary>Runs <c>dotnet</c>, whose children end with it. What it prints is kept up to a bound.</summary>
internal static class DotnetCommand
{
    private const int MostOutput = 256 * 1024;

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables that it has besides ours.</param>
    /// <param name="input">What it reads; null for nothing.</param>
    /// <param name="most">How long it may take.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>How it ended and what it printed; the exit code is null when it took too long.</returns>
    public static async Task<(int? Exit, string Output)> RunAsync(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, byte[]? input, TimeSpan most, CancellationToken cancel)
    {
        using var process = Start(folder, arguments, environment);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(most);
        try
        {
            var output = ReadAsync(process.StandardOutput, time.Token);
            var error = ReadAsync(process.StandardError, time.Token);
            await FeedAsync(process, input, time.Token);
            await process.WaitForExitAsync(time.Token);
            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, "");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Starts it; its end is the caller's to see to.</summary>
    public static Process Start(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing is to outlive the command, and no recording is to be made of a replay.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment.Remove("AIRWORTHY_RECORD");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new ProbeException(Fault.Unavailable, "dotnet can't be run; install the .NET SDK: https://dotnet.microsoft.com/download", missing);
        }
    }

    /// <summary>Gives it all of what it reads.</summary>
    public static async Task FeedAsync(Process process, byte[]? input, CancellationToken cancel)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.BaseStream.WriteAsync(input, cancel);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read all; how it ended tells why.
        }
    }

    /// <summary>All that it prints, of which the beginning is kept.</summary>
    public static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancel)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancel)) > 0)
        {
            kept.Append(buffer, 0, Math.Min(read, MostOutput - kept.Length));
        }

        return kept.ToString();
    }
}
