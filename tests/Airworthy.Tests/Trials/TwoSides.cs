using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Trials;
using Airworthy.Trials.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>Two versions of one file, compiled, prepared and tried by real workers in the real sandbox.</summary>
internal sealed class TwoSides : IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("airworthy-test-").FullName;

    public TrialPlan? Plan { get; private set; }

    /// <summary>Ceilings against a machine that stands still; inputs bound the work.</summary>
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(10);

    /// <summary>Tries a change on so many inputs of each member.</summary>
    public async Task<ImmutableArray<UnitResult>> TryAsync(string @base, string head, long inputs, CancellationToken cancel)
    {
        var sandbox = await Sandbox.FindAsync(isUnsafe: false, cancel);
        var job = new PrepareJob(Compile("base", @base), Compile("head", head), [new ChangedFile("Code.cs", "Code.cs")], [], null, Instrument: true);
        var file = Path.Combine(_work, "job");
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(job), cancel);
        var end = await TrialProcess.RunAsync(sandbox.Command(Sandbox.Dotnet, ["exec", Sandbox.WorkerFile, "prepare", file, file + ".plan"], new SandboxRules(_work, [_work])), s_most, cancel);
        Assert.True(end.Exit == 0, end.Error);
        Plan = JsonSerializer.Deserialize<TrialPlan>(await File.ReadAllBytesAsync(file + ".plan", cancel))!;
        return await new TrialRun(sandbox, _work).RunAsync(Plan, new TrialTerms(["differential", "robustness", "properties"], 1) { Patience = TimeSpan.FromSeconds(4), MostInputs = inputs }, s_most, new Progress<int>(), cancel);
    }

    public void Dispose() => Directory.Delete(_work, recursive: true);

    private SideSources Compile(string side, string code)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_work, side)).FullName;
        var source = Path.Combine(folder, "Code.cs");
        File.WriteAllText(source, code);
        var assembly = Path.Combine(folder, "Code.dll");
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':').Where(path => path.StartsWith(Path.GetDirectoryName(typeof(object).Assembly.Location)!, StringComparison.Ordinal)).ToList();
        var built = CSharpCompilation.Create(
            "Code",
            [CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken)],
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable)).Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(built.Success, string.Join('\n', built.Diagnostics));
        return new SideSources(folder, folder, ["/target:library", "/out:Code.dll", "/optimize+", "/nullable:enable", .. references.Select(path => "/reference:" + path), source], Path.Combine(folder, "none"), assembly, Path.Combine(_work, "instrumented-" + side));
    }
}
