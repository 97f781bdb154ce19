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
    private static readonly ITestDialect[] s_dialects = [new XunitDialect(), new NunitDialect(), new MstestDialect()];

    private readonly Fixtures _fixtures = new();

    private readonly MutantSwitch _mutants;
    private readonly EdgeCounters _counters;
    private readonly Dictionary<string, FoundTest> _byName;

    private TestHost(MutantSwitch mutants, EdgeCounters counters, List<FoundTest> tests, int notRun) => (_mutants, _counters, Tests, NotRun, _byName) = (mutants, counters, tests, notRun, tests.ToDictionary(test => test.Name, StringComparer.Ordinal));

    public List<FoundTest> Tests { get; }

    /// <summary>The test of a name.</summary>
    public FoundTest Test(string name) => _byName[name];

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

        // Cases of overloads bear one name.
        found = [.. found.GroupBy(test => test.Name, StringComparer.Ordinal).SelectMany(group => group.Select((test, i) => i == 0 ? test : test with { Name = $"{test.Name} ({i + 1})" }))];
        return new TestHost(MutantSwitch.Of(under), EdgeCounters.Of(under)!, found, notRun);
    }

    /// <summary>Runs tests one after the other.</summary>
    /// <param name="tests">The tests.</param>
    /// <param name="mutant">The mutant that is awake; 0 for none.</param>
    /// <param name="bound">What each may take.</param>
    /// <param name="isEnough">Asked after each whether the others are left out.</param>
    /// <returns>Those that began. One that did not come back is the last.</returns>
    public IReadOnlyList<RanTest> Run(IReadOnlyList<FoundTest> tests, int mutant, Func<FoundTest, TestBound> bound, Func<RanTest, bool> isEnough)
    {
        _mutants.Wake(mutant);
        var ran = new TestSeries(Run, tests, bound, isEnough).Run();
        _mutants.Wake(0);
        return ran;
    }

    private RanTest Run(FoundTest test, TestBound bound)
    {
        _counters.Most = bound.Steps;
        _counters.Reset();
        _mutants.Forget();
        ConsoleCapture.Begin();
        var begun = Stopwatch.GetTimestamp();
        var end = EndOf(test);
        return new RanTest(test, end, Stopwatch.GetElapsedTime(begun), [.. _mutants.Reached], _counters.Steps);
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
            return test.Dialect.IsPass(thrown) ? TestEnd.Passes : _counters.Steps > _counters.Most ? TestEnd.DoesNotEnd : TestEnd.Fails;
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
