using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Airworthy.Trials.Running;

/// <summary>How a worker is started that runs code under trial: in the sandbox, with its heap bounded and the frameworks the code asks for.</summary>
/// <param name="sandbox">Where it runs.</param>
/// <param name="work">The trial's own folder; it reads all of it, and writes to <c>run</c> and <c>scratch</c> in it.</param>
internal sealed class WorkerCommand(Sandbox sandbox, string work)
{
    /// <summary>Where jobs, journals and results lie.</summary>
    public string Folder { get; } = Directory.CreateDirectory(Path.Combine(work, "run")).FullName;

    /// <param name="verb">What it is to do.</param>
    /// <param name="job">The file that tells it more.</param>
    /// <param name="needsAspNetCore">Whether the code needs the shared framework of ASP.NET Core.</param>
    /// <param name="memory">Bytes its heap may hold.</param>
    public ProcessStartInfo Of(string verb, string job, bool needsAspNetCore, long memory)
    {
        var scratch = Directory.CreateDirectory(Path.Combine(work, "scratch")).FullName;
        var rules = new SandboxRules(scratch, [Folder, scratch]) { Visible = [work] };
        var start = sandbox.Command(Sandbox.Dotnet, ["exec", "--runtimeconfig", RuntimeConfiguration(needsAspNetCore), Sandbox.WorkerFile, verb, job], rules);
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + memory.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "1";
        start.Environment["TZ"] = "UTC";
        return start;
    }

    /// <summary>The frameworks the code under trial asks for, as the runtime reads them.</summary>
    private string RuntimeConfiguration(bool needsAspNetCore)
    {
        var file = Path.Combine(Folder, needsAspNetCore ? "web.runtimeconfig.json" : "runtimeconfig.json");
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
            var beside = Path.Combine(Folder, Path.GetRandomFileName());
            File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(configuration));
            File.Move(beside, file, overwrite: true);
        }

        return file;
    }
}
