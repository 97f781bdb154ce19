using System.Diagnostics;
using System.Reflection;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Mutating;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Testing;

/// <summary>
/// A test assembly, loaded with the mutated assembly in the place of the one it was built against. Loaded anew, all that tests left in static state is gone.
/// </summary>
internal sealed class TestHost
{
    private const int StackBytes = 8 * 1024 * 1024;

    private static readonly ITestDialect[] s_dialects = [new XunitDialect(), new NunitDialect(), new MstestDialect()];

    private readonly Fixtures _fixtures = new();

    private TestHost(MutantSwitch mutants, EdgeCounters counters, List<FoundTest> tests, int notRun) => (Mutants, Counters, Tests, NotRun) = (mutants, counters, tests, notRun);

    public MutantSwitch Mutants { get; }

    public EdgeCounters Counters { get; }

    public List<FoundTest> Tests { get; }

    /// <summary>Test methods of a shape that is not run here.</summary>
    public int NotRun { get; }

    /// <summary>Loads it.</summary>
    /// <param name="tests">The test assembly.</param>
    /// <param name="mutated">The assembly with mutants.</param>
    /// <param name="only">Only tests whose name begins so.</param>
    public static TestHost Load(string tests, string mutated, string only)
    {
        var context = new SideContext("tests", tests) { Instead = mutated };
        var assembly = context.Load();
        var under = context.LoadFromAssemblyPath(mutated);
        var found = new List<FoundTest>();
        var notRun = 0;
        foreach (var type in Types(assembly).Where(type => type is { IsInterface: false, ContainsGenericParameters: false } && (!type.IsAbstract || type.IsSealed) && type.FullName!.StartsWith(only, StringComparison.Ordinal)))
        {
            foreach (var method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.FlattenHierarchy))
            {
                var cases = Cases(method);
                notRun += cases is null ? 1 : 0;
                found.AddRange(cases ?? []);
            }
        }

        return new TestHost(MutantSwitch.Of(under), EdgeCounters.Of(under)!, found, notRun);
    }

    /// <summary>Runs one.</summary>
    /// <param name="test">The test.</param>
    /// <param name="mutant">The mutant that is awake; 0 for none.</param>
    /// <param name="patience">How long it may take.</param>
    /// <returns>How it ended and how long it took; <see langword="null"/> when it did not end, and the process has to.</returns>
    public (TestEnd End, TimeSpan Took)? Run(FoundTest test, int mutant, TimeSpan patience)
    {
        var end = TestEnd.Fails;
        Counters.Reset();
        Mutants.Forget();
        Mutants.Wake(mutant);
        ConsoleCapture.Begin();
        var begun = Stopwatch.GetTimestamp();
        var thread = new Thread(() => end = EndOf(test), StackBytes) { IsBackground = true };
        thread.Start();
        if (!thread.Join(patience))
        {
            return null;
        }

        Mutants.Wake(0);
        return (end, Stopwatch.GetElapsedTime(begun));
    }

    private TestEnd EndOf(FoundTest test)
    {
        try
        {
            test.Dialect.Run(test, _fixtures);
            return TestEnd.Passes;
        }
#pragma warning disable CA1031 // A test fails by throwing anything.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return test.Dialect.IsPass(thrown) ? TestEnd.Passes : Counters.Steps > Counters.Most ? TestEnd.DoesNotEnd : TestEnd.Fails;
        }
    }

    private static IEnumerable<FoundTest>? Cases(MethodInfo method)
    {
        try
        {
            foreach (var dialect in s_dialects)
            {
                // Its rows are made here, by code of the project: what they throw is why it is not run.
                var cases = dialect.Cases(method)?.ToList();
                if (cases is not { Count: 0 })
                {
                    return cases;
                }
            }

            return [];
        }
#pragma warning disable CA1031 // What a stranger's attributes and rows throw is why a test is not run.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException some)
        {
            return some.Types.OfType<Type>();
        }
    }
}
