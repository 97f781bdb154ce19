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
        var once = Plain(_host.Tests, _job.Seconds / 3);
        var passed = once.Where(ran => ran.End == TestEnd.Passes).ToList();
        var reaching = passed.Where(ran => ran.Reached.Length > 0).ToList();
        var twice = Plain([.. reaching.Select(ran => ran.Test)], _job.Seconds / 2);
        foreach (var (first, second) in reaching.Zip(twice).Where(both => both.Second.End == TestEnd.Passes))
        {
            // The first one is also compiled.
            _baselines[first.Test.Name] = new Baseline(first.Test.Name, [.. first.Reached], second.Took, Math.Max(first.Steps, second.Steps));
        }

        var failed = once.Count - passed.Count + twice.Count(ran => ran.End != TestEnd.Passes);
        var notRun = _host.NotRun + (_host.Tests.Count - once.Count) + (reaching.Count - twice.Count);
        return new TestSuite(_host.Tests.Count + _host.NotRun, _host.Tests.Count + _host.NotRun - failed - notRun, failed, notRun);
    }

    /// <summary>Runs tests with no mutant awake, until so many seconds have passed since all began. One that does not come back is left behind.</summary>
    private List<RanTest> Plain(IReadOnlyList<FoundTest> tests, double until = double.MaxValue)
    {
        var ran = new List<RanTest>();
        while (ran.Count < tests.Count && Stopwatch.GetElapsedTime(_begun).TotalSeconds < until)
        {
            ran.AddRange(_host.Run(
                [.. tests.Skip(ran.Count)],
                0,
                _ => new TestBound(long.MaxValue, TimeSpan.FromSeconds(_job.PatienceSeconds)),
                _ => Stopwatch.GetElapsedTime(_begun).TotalSeconds >= until));
        }

        return ran;
    }

    private MutantTest Judge(int mutant)
    {
        var covering = _baselines.Values.Where(baseline => baseline.Reached.Contains(mutant)).OrderBy(baseline => baseline.Took).Select(baseline => baseline.Name).ToList();
        if (covering.Count == 0)
        {
            return new MutantTest(mutant, MutantFate.NoCoverage, null, 0, 0);
        }

        for (var ran = 0; ran < covering.Count;)
        {
            if (Left < TimeSpan.Zero)
            {
                return new MutantTest(mutant, MutantFate.NotTested, null, covering.Count, ran);
            }

            var series = Awake(covering.Skip(ran), mutant);
            ran += series.Count;
            if (series[^1] is { End: not TestEnd.Passes } last && Confirmed(last, mutant) is { } end)
            {
                return new MutantTest(mutant, end == TestEnd.DoesNotEnd ? MutantFate.TimedOut : MutantFate.Killed, last.Test.Name, covering.Count, ran);
            }
        }

        return new MutantTest(mutant, MutantFate.Survived, null, covering.Count, covering.Count);
    }

    /// <summary>Whether the test, or what it left behind, is what fails: without the mutant it has to pass again; null when the test notices nothing.</summary>
    private TestEnd? Confirmed(RanTest failed, int mutant)
    {
        var name = failed.Test.Name;
        if (Passes(name))
        {
            return failed.End;
        }

        _host = TestHost.Load(_job.Tests, _job.Mutated, _job.Only);
        var end = Awake([name], mutant)[^1].End;
        if (end == TestEnd.Passes)
        {
            return null;
        }

        _host = TestHost.Load(_job.Tests, _job.Mutated, _job.Only);
        if (Passes(name))
        {
            return end;
        }

        _baselines.Remove(name);
        return null;
    }

    /// <summary>Runs tests with a mutant awake, until one does not pass.</summary>
    private IReadOnlyList<RanTest> Awake(IEnumerable<string> names, int mutant)
    {
        var series = _host.Run([.. names.Select(_host.Test)], mutant, Bound, ran => ran.End != TestEnd.Passes || Left < TimeSpan.Zero);
        if (series[^1] is { StillRuns: true } last)
        {
            // A loop that passes no counter, or a wait: its thread can't be ended but with the process.
            Write(new TestLine(Test: new MutantTest(mutant, MutantFate.TimedOut, last.Test.Name, 1, 1)));
            _results.Flush();
            Environment.Exit(HangExit);
        }

        return series;
    }

    private TestBound Bound(FoundTest test) => _baselines[test.Name] is var baseline
        ? new TestBound((baseline.Steps * MostTimes) + MostMore, TimeSpan.FromSeconds(Math.Max(_job.PatienceSeconds, baseline.Took.TotalSeconds * MostTimes)))
        : default;

    private bool Passes(string name) => Plain([_host.Test(name)]) is [{ End: TestEnd.Passes }];

    private void Write(TestLine line)
    {
        JsonSerializer.Serialize(_results, line);
        _results.WriteByte((byte)'\n');
        _results.Flush();
    }

    /// <summary>A test without a mutant.</summary>
    private sealed record Baseline(string Name, HashSet<int> Reached, TimeSpan Took, long Steps);
}
