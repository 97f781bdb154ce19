using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Airworthy.Trials.Running;

/// <summary>How a worker is started that runs code under trial: in the sandbox, with its heap bounded and the frameworks the code asks for.</summary>
/// <param name="sandbox">Where it runs.</param>
/// <param name="work">The trial's own folder, all of which a worker reads.</param>
internal sealed class WorkerCommand(Sandbox sandbox, string work)
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(work, "run")).FullName;

    /// <summary>Makes the folder of one worker, the only one that it writes to: its job, its journal, its results, and where it begins are there.</summary>
    public string Place(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <param name="verb">What it is to do.</param>
    /// <param name="place">Its folder, with a file <see cref="Job"/> that tells it more.</param>
    /// <param name="needsAspNetCore">Whether the code needs the shared framework of ASP.NET Core.</param>
    /// <param name="memory">Bytes its heap may hold.</param>
    public ProcessStartInfo Of(string verb, string place, bool needsAspNetCore, long memory)
    {
        var scratch = Directory.CreateDirectory(Path.Combine(place, "scratch")).FullName;
        var rules = new SandboxRules(scratch, [new SandboxPlace(place, CanWrite: true), new SandboxPlace(work, CanWrite: false)]);
        var start = sandbox.Command(Sandbox.Dotnet, ["exec", "--runtimeconfig", RuntimeConfiguration(needsAspNetCore), Sandbox.WorkerFile, verb, Job(place)], rules);
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + memory.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "1";
        start.Environment["TZ"] = "UTC";
        return start;
    }

    /// <summary>The file that tells a worker what to do.</summary>
    public static string Job(string place) => Path.Combine(place, "job");

    /// <summary>The file in which a worker notes what it is about to run.</summary>
    public static string Journal(string place) => Path.Combine(place, "journal");

    /// <summary>The file in which a worker tells what it found, a line each.</summary>
    public static string Results(string place) => Path.Combine(place, "results");

    /// <summary>The frameworks the code under trial asks for, as the runtime reads them.</summary>
    private string RuntimeConfiguration(bool needsAspNetCore)
    {
        var file = Path.Combine(_folder, needsAspNetCore ? "web.runtimeconfig.json" : "runtimeconfig.json");
        var version = $"{Environment.Version.Major}.0.0";
        var frameworks = needsAspNetCore ? new[] { "Microsoft.NETCore.App", "Microsoft.AspNetCore.App" } : ["Microsoft.NETCore.App"];
        var configuration = new
        {
            runtimeOptions = new
            {
                tfm = $"net{Environment.Version.Major}.0",
                rollForward = "Major",
                frameworks = frameworks.Select(name => new { name, version }),
                configProperties = new Dictionary<string, bool>(StringComparer.Ordinal) { ["System.GC.Concurrent"] = false, ["System.Globalization.Invariant"] = false, ["System.Runtime.TieredPGO"] = false },
            },
        };
        if (!File.Exists(file))
        {
            // Several workers begin at once, and none may read it half written.
            var beside = Path.Combine(_folder, Path.GetRandomFileName());
            File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(configuration));
            File.Move(beside, file, overwrite: true);
        }

        return file;
    }
}
