using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Airworthy.Trials.Mutation;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Testing;

/// <summary>Runs a project's own tests over mutants: each once as it is, to see which mutants it reaches; then over each mutant the tests that reach it, the quickest first, until one fails.</summary>
internal sealed class MutantTests
{
    private const int HangExit = Airworthy.Trials.Running.TrialRun.HangExit;

    /// <summary>Edges that a test may pass for each that it passes without a mutant, and those besides.</summary>
    private const long MostTimes = 10, MostMore = 1_000_000;

    private readonly TestJob _job;
    private readonly FileStream _results;
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, Baseline> _baselines = new(StringComparer.Ordinal);
    private TestHost _host;

    private MutantTests(TestJob job, FileStream results)
    {
        (_job, _results) = (job, results);
        _host = TestHost.Load(job.Tests, job.Mutated, job.Only);
    }

    /// <param name="file">The file of a <see cref="TestJob"/>.</param>
    public static int Run(string file)
    {
        var job = JsonSerializer.Deserialize<TestJob>(File.ReadAllBytes(file))!;
        ConsoleCapture.Install();
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        // Tests find their files beside themselves.
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", Path.GetDirectoryName(job.Tests) + Path.DirectorySeparatorChar);
        Directory.SetCurrentDirectory(Path.GetDirectoryName(job.Tests)!);
        using var results = new FileStream(job.Results, FileMode.Append, FileAccess.Write, FileShare.Read);
        new MutantTests(job, results).RunAll();
        return 0;
    }

    private TimeSpan Left => TimeSpan.FromSeconds(_job.Seconds) - Stopwatch.GetElapsedTime(_begun);

    private void RunAll()
    {
        var suite = Measure();
        Write(new TestLine(Suite: suite));
        foreach (var mutant in _job.Mutants)
        {
            Write(new TestLine(Begun: mutant));
            Write(new TestLine(Test: Judge(mutant)));
        }

        Write(new TestLine(IsDone: true));
        // Threads that tests left behind would keep the process.
        _results.Flush();
        Environment.Exit(0);
    }

    /// <summary>Runs every test without a mutant. Those that reach one run twice: a test that fails now and then notices nothing.</summary>
    private TestSuite Measure()
    {
        // Half of the time is for the mutants.
        var most = TimeSpan.FromSeconds(_job.Seconds / 2);
        var (passed, failed, notRun) = (0, 0, _host.NotRun);
        foreach (var test in _host.Tests)
        {
            if (Stopwatch.GetElapsedTime(_begun) > most)
            {
                notRun++;
                continue;
            }

            _host.Counters.Most = long.MaxValue;
            var end = Plain(test);
            int[] reached = [.. _host.Mutants.Reached];
            var steps = _host.Counters.Steps;
            if (end is not { End: TestEnd.Passes, Took: var took } || (reached.Length > 0 && Plain(test).End != TestEnd.Passes))
            {
                failed++;
                continue;
            }

            passed++;
            if (reached.Length > 0)
            {
                _baselines[test.Name] = new Baseline(reached, took, steps);
            }
        }

        return new TestSuite(_host.Tests.Count + _host.NotRun, passed, failed, notRun);
    }

    /// <summary>Runs a test with no mutant awake. One that does not end by itself takes the process along; it is not known as covering when the next one begins.</summary>
    private (TestEnd End, TimeSpan Took) Plain(FoundTest test) =>
        _host.Run(test, 0, TimeSpan.FromSeconds(_job.PatienceSeconds)) ?? (TestEnd.DoesNotEnd, TimeSpan.FromSeconds(_job.PatienceSeconds));

    private MutantTest Judge(int mutant)
    {
        var covering = _host.Tests.Where(test => _baselines.TryGetValue(test.Name, out var baseline) && baseline.Reached.Contains(mutant)).OrderBy(test => _baselines[test.Name].Took).ToList();
        if (covering.Count == 0)
        {
            return new MutantTest(mutant, MutantFate.NoCoverage, null, 0, 0);
        }

        var ran = 0;
        foreach (var name in covering.Select(test => test.Name).ToList())
        {
            if (Left < TimeSpan.Zero)
            {
                return new MutantTest(mutant, MutantFate.NotTested, null, covering.Count, ran);
            }

            ran++;
            var end = Awake(name, mutant);
            if (end == TestEnd.Passes)
            {
                continue;
            }

            // Whether the test, or what it left behind, is what fails: without the mutant it has to pass again.
            if (Asleep(name) != TestEnd.Passes)
            {
                _host = TestHost.Load(_job.Tests, _job.Mutated, _job.Only);
                end = Awake(name, mutant);
                if (end == TestEnd.Passes)
                {
                    continue;
                }

                _host = TestHost.Load(_job.Tests, _job.Mutated, _job.Only);
                if (Asleep(name) != TestEnd.Passes)
                {
                    _baselines.Remove(name);
                    continue;
                }
            }

            return new MutantTest(mutant, end == TestEnd.DoesNotEnd ? MutantFate.TimedOut : MutantFate.Killed, name, covering.Count, ran);
        }

        return new MutantTest(mutant, MutantFate.Survived, null, covering.Count, ran);
    }

    private TestEnd Awake(string name, int mutant)
    {
        var baseline = _baselines[name];
        _host.Counters.Most = (baseline.Steps * MostTimes) + MostMore;
        var patience = TimeSpan.FromSeconds(Math.Max(_job.PatienceSeconds, baseline.Took.TotalSeconds * MostTimes));
        if (_host.Run(Test(name), mutant, patience) is { } ended)
        {
            return ended.End;
        }

        // A loop that passes no counter, or a wait: its thread can't be ended but with the process.
        Write(new TestLine(Test: new MutantTest(mutant, MutantFate.TimedOut, name, 1, 1)));
        _results.Flush();
        Environment.Exit(HangExit);
        return TestEnd.DoesNotEnd;
    }

    private TestEnd Asleep(string name)
    {
        _host.Counters.Most = long.MaxValue;
        return Plain(Test(name)).End;
    }

    private FoundTest Test(string name) => _host.Tests.First(test => test.Name == name);

    private void Write(TestLine line)
    {
        JsonSerializer.Serialize(_results, line);
        _results.WriteByte((byte)'\n');
        _results.Flush();
    }

    /// <summary>A test without a mutant.</summary>
    private sealed record Baseline(int[] Reached, TimeSpan Took, long Steps);
}
