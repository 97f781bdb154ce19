using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Trials;

/// <summary>Runs a program to its end within a time, and keeps what it prints up to a bound. It ends with whoever began it, however that ended.</summary>
public static class TrialProcess
{
    /// <summary>Bytes kept of what it prints on each stream. The default value is 16 MiB.</summary>
    public const int MostOutput = 16 * 1024 * 1024;

    /// <summary>
    /// Waits beside the program for a line on the standard input that this process holds open: where the input ends without one, this process has, and the program is killed.
    /// A signal at the parent's death would come when the thread ends that began the program, and threads of a pool do at any time.
    /// </summary>
    private const string Tether = """exec 3<&0 </dev/null; { trap "" HUP INT TERM; read -r _ <&3 || kill -9 $$; } >/dev/null 2>&1 & exec 3<&-; exec "$@" """;

    /// <summary>Runs it, keeping <see cref="MostOutput"/> of what it prints.</summary>
    /// <inheritdoc cref="RunAsync(ProcessStartInfo, TimeSpan, int, CancellationToken)"/>
    public static Task<TrialProcessEnd> RunAsync(ProcessStartInfo start, TimeSpan most, CancellationToken cancel) => RunAsync(start, most, MostOutput, cancel);

    /// <summary>Runs it with nothing to read.</summary>
    /// <param name="start">What to run, as <see cref="Sandbox.Command"/> gives it.</param>
    /// <param name="most">How long it may take.</param>
    /// <param name="mostOutput">Bytes kept of what it prints on each stream.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>How it ended; a null exit code when it took too long.</returns>
    /// <exception cref="TrialException">The program is not there.</exception>
    public static async Task<TrialProcessEnd> RunAsync(ProcessStartInfo start, TimeSpan most, int mostOutput, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(start);
        using var process = Start(start);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(most);
        try
        {
            var output = ReadAsync(process.StandardOutput.BaseStream, mostOutput, time.Token);
            var error = ReadAsync(process.StandardError.BaseStream, mostOutput, time.Token);
            await Task.WhenAll(output, error, process.WaitForExitAsync(time.Token));
            return new TrialProcessEnd(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new TrialProcessEnd(null, "", "");
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        if (!OperatingSystem.IsWindows())
        {
            foreach (var (at, word) in new[] { "-c", Tether, "airworthy", start.FileName }.Index())
            {
                start.ArgumentList.Insert(at, word);
            }

            start.FileName = "/bin/sh";
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new TrialException(Fault.Unavailable, $"'{start.FileName}' can't be run: {missing.Message}; install it", missing);
        }
    }

    /// <summary>Ends it and all it started, and lets go of what waits beside it.</summary>
    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        try
        {
            await process.StandardInput.WriteLineAsync();
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Killed along with the program.
        }
    }

    private static async Task<string> ReadAsync(Stream stream, int most, CancellationToken cancel)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancel) is var count and > 0)
        {
            await kept.WriteAsync(buffer.AsMemory(0, (int)Math.Min(count, most - kept.Length)), cancel);
        }

        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }
}
