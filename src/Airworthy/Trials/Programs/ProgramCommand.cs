using System.Globalization;

namespace Airworthy.Trials.Programs;

/// <summary>
/// Runs a command of a program's build or scenario in the sandbox, and measures it. Base and head find the program and the folder they write to at the same places, so that what they print of them is alike.
/// </summary>
/// <param name="sandbox">Where it runs.</param>
internal sealed class ProgramCommand(Sandbox sandbox)
{
    private const string Inside = "/tmp/airworthy";
    private const string Usage = ".usage";
    private const int MostOutput = 1024 * 1024;

    /// <summary>Runs it to its end, or until the time is over.</summary>
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
        var rules = new SandboxRules(folder is null ? ProgramAt(program) : $"{ScratchAt(parent)}/{folder}", [Scratch(parent), Program(program) with { CanWrite = isBuild }]);
        var measured = File.Exists("/usr/bin/time") ? ["/usr/bin/time", "-q", "-o", $"{ScratchAt(parent)}/{Usage}", "-f", "%U %S %M", .. command] : command;
        var start = sandbox.Command(measured[0], measured.Skip(1), rules);
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var end = await TrialProcess.RunAsync(start, most, MostOutput, cancel);
        var (processor, memory) = end.Exit is null ? (null, null) : Measured(Path.Combine(parent, Usage));
        return new ProgramRun(end.Exit, end.Output, end.Error, processor, memory);
    }

    /// <summary>Where the command sees the program's folder.</summary>
    public string ProgramAt(string program) => sandbox.Seen(Program(program));

    /// <summary>Where the command sees the folder that it may write.</summary>
    public string ScratchAt(string parent) => sandbox.Seen(Scratch(parent));

    private static SandboxPlace Program(string folder) => new(folder, CanWrite: false) { At = Inside + "/.program" };

    private static SandboxPlace Scratch(string folder) => new(folder, CanWrite: true) { At = Inside };

    private static (double? Processor, long? Memory) Measured(string usage)
    {
        // GNU time writes '%U %S %M': seconds of user and system, KiB.
        var figures = File.Exists(usage) ? File.ReadAllText(usage).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
        var numbers = figures.Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        return numbers is [.., var user, var system, var memory] && !double.IsNaN(user + system + memory) ? (user + system, (long)memory) : (null, null);
    }
}
