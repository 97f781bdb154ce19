using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Model;
using Airworthy.Trials;
using Airworthy.Trials.Mutation;
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

    /// <summary>The kinds of trial. The default value is those that run base and head.</summary>
    public ImmutableArray<string> Kinds { get; init; } = ["differential", "robustness", "properties"];

    /// <summary>A call that production recorded, by how the name of what it called begins. The default value is none.</summary>
    public Dictionary<string, RecordedInput> Recorded { get; } = [];

    /// <summary>Sources of tests by their files' names, to be read and not run. The default value is none.</summary>
    public Dictionary<string, string> Tests { get; } = [];

    /// <summary>How its files' names end. The default value is that of code that people write.</summary>
    public string Ending { get; init; } = ".cs";

    /// <summary>Ceilings against a machine that stands still; inputs bound the work.</summary>
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(10);

    /// <summary>Tries a change of one file on so many inputs of each member.</summary>
    public Task<ImmutableArray<UnitResult>> TryAsync(string @base, string head, long inputs, CancellationToken cancel) => TryAsync([@base], [head], inputs, cancel);

    /// <summary>Tries a change of some files on so many inputs of each member.</summary>
    public async Task<ImmutableArray<UnitResult>> TryAsync(string[] @base, string[] head, long inputs, CancellationToken cancel)
    {
        var sandbox = await PrepareAsync(@base, head, mutate: false, cancel);
        return await new TrialRun(sandbox, _work).RunAsync(Plan!, Terms(inputs), s_most, new Progress<int>(), cancel);
    }

    /// <summary>Runs a schedule of the change again.</summary>
    public async Task<ImmutableArray<UnitResult>> AgainAsync(string schedule, CancellationToken cancel)
    {
        // What an earlier worker wrote is no answer of this one.
        Directory.Delete(Path.Combine(_work, "run"), recursive: true);
        var plan = Plan! with { Units = [.. Plan.Units.Where(unit => ScheduleWord.IsOf(schedule, unit.HeadId))] };
        return await new TrialRun(await Sandbox.FindAsync(isUnsafe: false, cancel), _work).RunAsync(plan, new TrialTerms(["concurrency"], 7) { Schedule = schedule }, s_most, new Progress<int>(), cancel);
    }

    /// <summary>Judges the mutants of a change, all of whose lines at the head count as changed, by tests and by so many inputs of each member.</summary>
    public async Task<(TestSuite Suite, Dictionary<int, MutantTest> Tests, Dictionary<int, MutantShown> Shown)> MutateAsync(string @base, string head, string tests, long inputs, CancellationToken cancel)
    {
        var run = new MutationRun(await PrepareAsync([@base], [head], mutate: true, cancel), _work);
        var awake = Plan!.Mutation!.Mutants.Where(mutant => mutant.Compiles).Select(mutant => mutant.Id).ToImmutableArray();
        var (suite, judged) = await run.TestAsync(Plan, CompileTests(tests), awake, "", Terms(inputs), s_most, cancel);
        var passed = awake.Where(id => judged[id].Fate is MutantFate.Survived or MutantFate.NoCoverage).ToImmutableArray();
        return (suite!, judged, await run.ShowAsync(Plan, passed, Terms(inputs), s_most, cancel));
    }

    private TrialTerms Terms(long inputs) => new(Kinds, 1) { Patience = TimeSpan.FromSeconds(4), MostInputs = inputs, Jobs = 2 };

    private async Task<Sandbox> PrepareAsync(string[] @base, string[] head, bool mutate, CancellationToken cancel)
    {
        var sandbox = await Sandbox.FindAsync(isUnsafe: false, cancel);
        var changed = head.Select((code, i) => new ChangedFile(FileName(i), FileName(i))
        {
            Lines = mutate ? [new LineSpan(1, 1000)] : Others(code, @base.ElementAtOrDefault(i) ?? ""),
            BaseLines = Others(@base.ElementAtOrDefault(i) ?? "", code),
        });
        var sources = Directory.CreateDirectory(Path.Combine(_work, "sources")).FullName;
        foreach (var (name, text) in Tests)
        {
            await File.WriteAllTextAsync(Path.Combine(sources, name), text, cancel);
        }

        var before = Compile("base", @base);
        // Mutants are of the head: the base is only read.
        var job = new PrepareJob(mutate ? null : before, before.Top, Compile("head", head), [.. changed], [sources], null, Instrument: !mutate)
        {
            Mutate = mutate,
            Schedule = Kinds.Contains("concurrency", StringComparer.Ordinal),
            Weigh = Kinds.Contains("scaling", StringComparer.Ordinal),
        };
        var file = Path.Combine(_work, "job");
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(job), cancel);
        var end = await TrialProcess.RunAsync(sandbox.Command(Sandbox.Dotnet, ["exec", Sandbox.WorkerFile, "prepare", file, file + ".plan"], new SandboxRules(_work, [new SandboxPlace(_work, CanWrite: true)])), s_most, cancel);
        Assert.True(end.Exit == 0, end.Error);
        Plan = JsonSerializer.Deserialize<TrialPlan>(await File.ReadAllBytesAsync(file + ".plan", cancel))!;
        Plan = Plan with { Units = [.. Plan.Units.Select(unit => unit with { Recorded = [.. Recorded.Where(one => unit.Name.StartsWith(one.Key, StringComparison.Ordinal)).Select(one => one.Value)] })] };
        return sandbox;
    }

    /// <summary>Compiles tests of the head, written with the xUnit that these tests are written with.</summary>
    private string CompileTests(string tests)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_work, "tests")).FullName;
        string[] packages = [.. new[] { typeof(FactAttribute), typeof(Assert) }.Select(type => type.Assembly.Location)];
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "xunit.v3.*.dll").Append(Path.Combine(_work, "head", "Code.dll")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var assembly = Path.Combine(folder, "Code.Tests.dll");
        var built = CSharpCompilation.Create(
            "Code.Tests",
            [CSharpSyntaxTree.ParseText(tests, cancellationToken: TestContext.Current.CancellationToken)],
            References().Concat(packages).Append(Path.Combine(folder, "Code.dll")).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(built.Success, string.Join('\n', built.Diagnostics));
        return assembly;
    }

    private static IEnumerable<string> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':').Where(path => path.StartsWith(Path.GetDirectoryName(typeof(object).Assembly.Location)!, StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(_work, recursive: true);

    /// <summary>The lines that another text does not have.</summary>
    private static ImmutableArray<LineSpan> Others(string text, string other) =>
        [.. text.Split('\n').Index().Where(line => !other.Split('\n').Contains(line.Item, StringComparer.Ordinal)).Select(line => new LineSpan(line.Index + 1, line.Index + 1))];

    private string FileName(int index) => index == 0 ? "Code" + Ending : $"Code{index}{Ending}";

    private SideSources Compile(string side, string[] code)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_work, side)).FullName;
        string[] sources = [.. code.Select((_, i) => Path.Combine(folder, FileName(i)))];
        for (var i = 0; i < code.Length; i++)
        {
            File.WriteAllText(sources[i], code[i]);
        }

        var assembly = Path.Combine(folder, "Code.dll");
        var references = References().ToList();
        var built = CSharpCompilation.Create(
            "Code",
            code.Select(text => CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken)),
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable)).Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(built.Success, string.Join('\n', built.Diagnostics));
        return new SideSources(folder, folder, ["/target:library", "/out:Code.dll", "/optimize+", "/unsafe+", "/nullable:enable", .. references.Select(path => "/reference:" + path), .. sources], Path.Combine(folder, "none"), assembly, Path.Combine(_work, "instrumented-" + side));
    }
}
