using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Trials.Building;

/// <summary>
/// Builds a project of one side inside the sandbox, as it builds: with its own targets, generators, packages and settings. The build tells what the
/// compiler was given, so that the same can be compiled again with counters.
/// </summary>
/// <param name="sandbox">Where it is built.</param>
/// <param name="work">The trial's own folder: everything the build may write to.</param>
public sealed class SideBuild(Sandbox sandbox, string work)
{
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(15);

    /// <summary>
    /// What is asked of every build: nothing that a trial has no use for, nothing that fails it for style, all packages beside the assembly. Restored without the static graph, which does not know one framework of
    /// several.
    /// </summary>
    private static readonly string[] s_settings =
    [
        "-p:Configuration=Release", "-nologo", "-v:quiet", "-clp:ErrorsOnly;NoSummary", "--tl:off", "-nodeReuse:false",
        "-p:UseSharedCompilation=false", "-p:TreatWarningsAsErrors=false", "-p:MSBuildTreatWarningsAsErrors=false", "-p:RunAnalyzers=false", "-p:CodeAnalysisTreatWarningsAsErrors=false",
        "-p:NuGetAudit=false", "-p:RestoreUseStaticGraphEvaluation=false", "-p:GeneratePackageOnBuild=false", "-p:EnablePackageValidation=false", "-p:AirworthyProbes=off", "-p:CopyLocalLockFileAssemblies=true", "-p:EmitCompilerGeneratedFiles=true",
        "-p:ContinuousIntegrationBuild=false", "-p:EnableSourceControlManagerQueries=false", "-p:EnableSourceLink=false",
    ];

    /// <summary>Packages that builds of it do without: no source at hand holds them, and only development needs them.</summary>
    public ImmutableSortedSet<string> LeftOut { get; private set; } = [];

    /// <summary>What MSBuild says of a project, without building it.</summary>
    /// <param name="top">The checkout.</param>
    /// <param name="project">The project, from the checkout's top.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="TrialException">It can't be read.</exception>
    public async Task<ProjectTraits> ReadAsync(string top, string project, CancellationToken cancel)
    {
        var end = await DotnetAsync(
            top,
            ["msbuild", Path.Combine(top, project), "-nologo", "-p:Configuration=Release", "-getProperty:TargetFramework", "-getProperty:TargetFrameworks", "-getProperty:IsTestProject", "-getItem:PackageReference", "-getItem:FrameworkReference", "-getItem:ProjectReference"],
            network: false,
            cancel);
        return end.Exit == 0 && Json(end.Output) is { } answer
            ? ProjectTraits.Of(project, answer)
            : throw new TrialException(Fault.BadInput, $"'{project}' can't be read by MSBuild: {Plain(end.FirstError, top)}");
    }

    /// <summary>Builds it.</summary>
    /// <param name="top">The checkout.</param>
    /// <param name="project">What MSBuild says of the project.</param>
    /// <param name="label">The side, as errors name it.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <param name="builtBefore">Whether the projects it refers to are built already, and are left as they are.</param>
    /// <exception cref="TrialException">It does not build.</exception>
    public async Task<SideSources> BuildAsync(string top, ProjectTraits project, string label, CancellationToken cancel, bool builtBefore = false)
    {
        ArgumentNullException.ThrowIfNull(project);
        string[] settings = ["msbuild", Path.Combine(top, project.Path), .. s_settings, .. ToldCompilations.Settings(work, Told(label)), .. builtBefore ? ["-p:BuildProjectReferences=false", "-p:RestoreRecursive=false"] : Array.Empty<string>(), .. project.IsMultiTargeted ? [$"-p:TargetFramework={project.Framework}"] : Array.Empty<string>(), $"-p:PathMap={top}=/src/"];
        string[] targets = ["-restore", "-t:Build"];
        var end = await DotnetAsync(top, [.. settings, .. targets], network: false, cancel);
        if (end.Exit != 0 && IsMissingPackages(end))
        {
            // Packages that no restore has brought to this machine yet: restoring alone has the network.
            var restored = await DotnetAsync(top, [.. settings, "-t:Restore"], network: true, cancel);
            if (restored.Exit != 0 && AbsentPackages.Of(restored) is { Length: > 0 } absent)
            {
                settings = [.. settings, .. AbsentPackages.LeftOut(absent, work)];
                restored = await DotnetAsync(top, [.. settings, "-t:Restore"], network: true, cancel);
                LeftOut = restored.Exit == 0 ? LeftOut.Union(absent) : LeftOut;
            }

            end = restored.Exit == 0 ? await DotnetAsync(top, [.. settings, .. targets], network: false, cancel) : restored;
        }

        return end.Exit == 0 && Built(top, project, label) is { } built
            ? built
            : throw new TrialException(Fault.BadInput, $"'{project.Path}' does not build at {label}: {Plain(end.FirstError, top)}");
    }

    /// <summary>A project as a build of this side has compiled it, by itself or along with one that refers to it; null when none has.</summary>
    /// <param name="top">The checkout.</param>
    /// <param name="project">What MSBuild says of the project.</param>
    /// <param name="label">The side, as its builds were called.</param>
    public SideSources? Built(string top, ProjectTraits project, string label)
    {
        ArgumentNullException.ThrowIfNull(project);
        return ToldCompilations.Of(Told(label), top, project.Path, project.Framework, Path.Combine(work, $"instrumented-{label}"));
    }

    private string Told(string label) => Path.Combine(work, $"told-{label}");

    /// <summary>Runs tests of a built test assembly; tells which of them pass. One that ends the process, or does not end, is not told of.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="classes">The classes, in <see cref="Reporting.TestFile.Namespace"/>.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<Dictionary<string, bool>> ProveAsync(string assembly, ImmutableArray<string> classes, CancellationToken cancel)
    {
        var answer = Path.Combine(work, "proof.results");
        File.Delete(answer);
        var configuration = Path.ChangeExtension(assembly, ".runtimeconfig.json");
        string[] runtime = File.Exists(configuration) ? ["--runtimeconfig", configuration] : [];
        await DotnetAsync(work, ["exec", .. runtime, Sandbox.WorkerFile, "prove", assembly, answer, .. classes], network: false, cancel);
        return File.Exists(answer)
            ? (await File.ReadAllLinesAsync(answer, cancel)).Select(line => line.Split(' ')).Where(parts => parts.Length == 2).GroupBy(parts => parts[1], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last()[0] == "passes", StringComparer.Ordinal)
            : [];
    }

    /// <summary>Runs dotnet in a checkout, inside the sandbox.</summary>
    internal Task<TrialProcessEnd> DotnetAsync(string top, IEnumerable<string> arguments, bool network, CancellationToken cancel)
    {
        var packages = Packages();
        var rules = new SandboxRules(top, [new SandboxPlace(work, CanWrite: true), .. packages]) { Network = network };
        var start = sandbox.Command(Sandbox.Dotnet, arguments, rules);
        // What is restored goes to the trial's own folder; the user's packages are looked at and left as they are.
        start.Environment["NUGET_PACKAGES"] = Directory.CreateDirectory(Path.Combine(work, ".packages")).FullName;
        // A build ends before what the runtime learns of it would pay.
        start.Environment["DOTNET_TieredPGO"] = "0";
        if (packages is [var folder])
        {
            start.Environment["NUGET_FALLBACK_PACKAGES"] = folder.Path;
        }

        return TrialProcess.RunAsync(start, s_most, cancel);
    }

    /// <summary>The user's own packages, to be read; none where there is no such folder.</summary>
    internal static ImmutableArray<SandboxPlace> Packages()
    {
        var named = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(named) ? [new SandboxPlace(named, CanWrite: false)] : [];
    }

    /// <summary>Whether a build failed for want of what its framework is referenced by, which no source of packages at hand holds.</summary>
    internal static bool IsWithoutFramework(TrialException failed) => failed.Message.Contains("NU1102", StringComparison.Ordinal) && failed.Message.Contains(".App.Ref", StringComparison.Ordinal);

    private static bool IsMissingPackages(TrialProcessEnd end) =>
        end.Output.Contains("NU1", StringComparison.Ordinal) || end.Error.Contains("NU1", StringComparison.Ordinal)
        || end.Output.Contains("MSB4236", StringComparison.Ordinal) || end.Output.Contains("NuGet", StringComparison.Ordinal);

    /// <summary>The answer in what was printed: MSBuild prints it last, warnings may stand before it.</summary>
    private static JsonElement? Json(string output)
    {
        var start = output.StartsWith('{') ? 0 : output.IndexOf("\n{", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(output.AsMemory(start));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Plain(string error, string top) => error.Replace(top + "/", "", StringComparison.Ordinal);
}
