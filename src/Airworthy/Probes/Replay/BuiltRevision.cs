using System.Xml;
using System.Xml.Linq;
using Airworthy.Model;

namespace Airworthy.Probes.Replay;

/// <summary>A revision that was built, and the application to start of it.</summary>
/// <param name="Application">The assembly that is started.</param>
internal sealed record BuiltRevision(string Application)
{
    private static readonly TimeSpan s_mostBuild = TimeSpan.FromMinutes(30);
    private static readonly Dictionary<string, string> s_environment = new(StringComparer.Ordinal) { ["UseSharedCompilation"] = "false" };

    /// <summary>Builds the project that makes <paramref name="assembly"/>, or the one that is named.</summary>
    /// <param name="folder">The checkout.</param>
    /// <param name="assembly">The assembly of the recorded methods.</param>
    /// <param name="project">The application that uses it, from the checkout's top; null to find the assembly's own project.</param>
    /// <param name="label">The revision, as errors name it.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ProbeException">There is no such project, it does not build, or it is no application.</exception>
    public static async Task<BuiltRevision> BuildAsync(string folder, string assembly, string? project, string label, CancellationToken cancel)
    {
        var file = project is null ? Find(folder, assembly, label) : Path.Combine(folder, project);
        if (!File.Exists(file))
        {
            throw new ProbeException(Fault.Usage, $"there is no project '{project}' in {label}; name it from the repository's top");
        }

        var name = Path.GetRelativePath(folder, file);
        var at = Path.GetDirectoryName(file)!;
        // Probes would ask the repository who wrote what; of what is replayed nothing is counted.
        string[] settings = ["-c", "Release", "-p:AirworthyProbes=off", "-p:TreatWarningsAsErrors=false"];
        string[] framework = await FrameworkAsync(file, at, cancel) is { } one ? ["-f", one] : [];
        var (exit, output) = await DotnetCommand.RunAsync(
            at, ["build", file, "-v", "quiet", "-clp:ErrorsOnly;NoSummary", "--nologo", "--tl:off", .. settings, .. framework], s_environment, input: null, s_mostBuild, cancel);
        if (exit != 0)
        {
            throw new ProbeException(Fault.BadInput, $"'{name}' does not build in {label}: {FirstError(output)}");
        }

        var built = await PropertyAsync(file, at, "TargetPath", framework is [_, var target] ? target : null, cancel);
        if (!File.Exists(Path.ChangeExtension(built, ".runtimeconfig.json")))
        {
            throw new ProbeException(Fault.Usage, $"'{name}' is a library, which can't be started: name an application or a test project that uses it with --project");
        }

        return new BuiltRevision(built);
    }

    /// <summary>The project whose assembly bears the name: by its file's name, or as it says itself.</summary>
    private static string Find(string folder, string assembly, string label)
    {
        var projects = Directory.EnumerateFiles(folder, "*.*proj", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".csproj" or ".fsproj" or ".vbproj")
            .Order(StringComparer.Ordinal)
            .ToList();
        return projects.Find(file => Path.GetFileNameWithoutExtension(file) == assembly)
            ?? projects.Find(file => NamesAssembly(file, assembly))
            ?? throw new ProbeException(Fault.Usage, $"no project of {label} makes the assembly '{assembly}' of the recordings; name one with --project");
    }

    private static bool NamesAssembly(string project, string assembly)
    {
        try
        {
            using var reader = XmlReader.Create(project, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = 1_000_000 });
            return XDocument.Load(reader).Descendants().Any(element => element.Name.LocalName == "AssemblyName" && element.Value.Trim() == assembly);
        }
        catch (XmlException)
        {
            return false;
        }
    }

    /// <summary>Of several frameworks the newest .NET; null when there is one only.</summary>
    private static async Task<string?> FrameworkAsync(string file, string at, CancellationToken cancel)
    {
        var frameworks = await PropertyAsync(file, at, "TargetFrameworks", framework: null, cancel);
        return frameworks.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(framework => framework.StartsWith("net", StringComparison.Ordinal) && framework.Contains('.', StringComparison.Ordinal))
            .MaxBy(framework => Version.TryParse(framework[3..].Split('-')[0], out var version) ? version : new Version());
    }

    private static async Task<string> PropertyAsync(string file, string at, string property, string? framework, CancellationToken cancel)
    {
        string[] target = framework is null ? [] : [$"-p:TargetFramework={framework}"];
        var (exit, output) = await DotnetCommand.RunAsync(
            at, ["msbuild", file, $"-getProperty:{property}", "-p:Configuration=Release", "-nologo", .. target], s_environment, input: null, s_mostBuild, cancel);
        return exit == 0 ? output.Trim() : throw new ProbeException(Fault.BadInput, $"'{Path.GetFileName(file)}' can't be read: {FirstError(output)}");
    }

    private static string FirstError(string output) =>
        output.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
        ?? output.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "it took too long";
}
