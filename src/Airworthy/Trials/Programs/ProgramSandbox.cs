using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Airworthy.Trials.Programs;

/// <summary>
/// Runs a command by bubblewrap where it can do no harm: no network but a loopback of its own, no process of others, every file of the machine as it is
/// and none to be written but one folder. Base and head see that folder and the program at the same places, so that what they print of them is alike.
/// </summary>
/// <param name="isUnsafe">True to run without it: commands reach what their user can.</param>
internal sealed class ProgramSandbox(bool isUnsafe)
{
    private const string Inside = "/tmp/airworthy";
    private const int MostOutput = 1024 * 1024;
    private static readonly string[] s_shown = ["PATH", "HOME", "USER", "SHELL", "TERM"];

    /// <summary>What can't be had for it, in a sentence; null when it is all there.</summary>
    public static async Task<string?> MissingAsync(CancellationToken cancel)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("bwrap", ["--unshare-all", "--ro-bind", "/", "/", "true"]) { RedirectStandardError = true, UseShellExecute = false })!;
            var error = await process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return process.ExitCode == 0 ? null : $"bubblewrap can't make a sandbox here: {error.Trim()}";
        }
        catch (Win32Exception)
        {
            return "bubblewrap is not there; install it (apt-get install bubblewrap)";
        }
    }

    /// <summary>Runs a shell's command to its end, or until the time is over.</summary>
    /// <param name="program">The folder that the command finds at <see cref="ProgramAt"/>.</param>
    /// <param name="isBuild">True when that folder may be written: a build.</param>
    /// <param name="parent">The folder that it may write, seen at <see cref="ScratchAt"/>.</param>
    /// <param name="folder">The folder in which it begins; below the parent, or null for the program's.</param>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="variables">Variables that it sees besides a few of ours.</param>
    /// <param name="most">How long it may take.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<ProgramRun> RunAsync(
        string program, bool isBuild, string parent, string? folder, IReadOnlyList<string> command, IEnumerable<(string Name, string Value)> variables, TimeSpan most, CancellationToken cancel)
    {
        var usage = Path.Combine(parent, ".usage");
        var begins = folder is null ? ProgramAt(program) : $"{ScratchAt(parent)}/{folder}";
        var measured = File.Exists("/usr/bin/time") ? ["/usr/bin/time", "-q", "-o", isUnsafe ? usage : Inside + "/.usage", "-f", "%U %S %M", .. command] : command;
        var start = isUnsafe
            ? new ProcessStartInfo(measured[0], measured.Skip(1)) { WorkingDirectory = begins }
            : new ProcessStartInfo("bwrap", [
                "--unshare-all", "--die-with-parent", "--new-session", "--uid", "1000", "--gid", "1000", "--hostname", "trial",
                "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--tmpfs", "/run", .. Home(), "--bind", parent, Inside, isBuild ? "--bind" : "--ro-bind", program, Inside + "/.program",
                "--chdir", begins, "--", .. measured]);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, true, false);
        foreach (var name in start.Environment.Keys.Except(s_shown, StringComparer.Ordinal).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(most);
        process.StandardInput.Close();
        var output = ReadAsync(process.StandardOutput.BaseStream, time.Token);
        var error = ReadAsync(process.StandardError.BaseStream, time.Token);
        try
        {
            await Task.WhenAll(output, error, process.WaitForExitAsync(time.Token));
            return Ended(process.ExitCode, await output, await error, usage);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ProgramRun(null, "", "", null, null);
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

    /// <summary>The home is empty: keys lie there.</summary>
    private static string[] Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 1 } home && Directory.Exists(home) ? ["--tmpfs", home] : [];

    /// <summary>Where the command sees the program's folder.</summary>
    public string ProgramAt(string program) => isUnsafe ? program : Inside + "/.program";

    /// <summary>Where the command sees the folder that it may write.</summary>
    public string ScratchAt(string parent) => isUnsafe ? parent : Inside;

    private static ProgramRun Ended(int exit, string output, string error, string usage)
    {
        // GNU time writes '%U %S %M': seconds of user and system, KiB.
        var figures = File.Exists(usage) ? File.ReadAllText(usage).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
        var numbers = figures.Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        return numbers is [.., var user, var system, var memory] && !double.IsNaN(user + system + memory)
            ? new ProgramRun(exit, output, error, user + system, (long)memory)
            : new ProgramRun(exit, output, error, null, null);
    }

    private static async Task<string> ReadAsync(Stream stream, CancellationToken cancel)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancel) is var count and > 0)
        {
            await kept.WriteAsync(buffer.AsMemory(0, (int)Math.Min(count, MostOutput - kept.Length)), cancel);
        }

        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }
}
