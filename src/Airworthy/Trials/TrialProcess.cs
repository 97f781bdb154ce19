using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Trials;

/// <summary>Runs a program to its end within a time, and keeps what it prints up to a bound; its children end with it.</summary>
public static class TrialProcess
{
    /// <summary>Characters kept of what it prints on each stream.</summary>
    public const int MostOutput = 16 * 1024 * 1024;

    /// <summary>Runs it.</summary>
    /// <param name="start">What to run, as <see cref="Sandbox.Command"/> gives it.</param>
    /// <param name="most">How long it may take.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>How it ended; a null exit code when it took too long.</returns>
    /// <exception cref="TrialException">The program is not there.</exception>
    public static async Task<TrialProcessEnd> RunAsync(ProcessStartInfo start, TimeSpan most, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(start);
        using var process = Start(start);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(most);
        try
        {
            process.StandardInput.Close();
            var output = ReadAsync(process.StandardOutput, time.Token);
            var error = ReadAsync(process.StandardError, time.Token);
            await process.WaitForExitAsync(time.Token);
            return new TrialProcessEnd(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new TrialProcessEnd(null, "", "");
        }
        finally
        {
            Kill(process);
        }
    }

    /// <summary>Starts it, with its streams at hand.</summary>
    /// <exception cref="TrialException">The program is not there.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(start);
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new TrialException(Fault.Unavailable, $"'{start.FileName}' can't be run: {missing.Message}; install it", missing);
        }
    }

    /// <summary>Ends a process and all it started.</summary>
    public static void Kill(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancel)
    {
        var kept = new StringBuilder();
        var buffer = new char[8192];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancel)) > 0)
        {
            kept.Append(buffer, 0, Math.Min(read, MostOutput - kept.Length));
        }

        return kept.ToString();
    }
}
