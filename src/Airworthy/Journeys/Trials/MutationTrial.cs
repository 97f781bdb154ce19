using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Airworthy.Model;
using Airworthy.Trials;
using Airworthy.Trials.Mutation;
using Airworthy.Trials.Running;

namespace Airworthy.Journeys.Trials;

/// <summary>
/// Asks whether tests would notice: runs the project's own tests over mutants of the changed lines, and generated inputs over what they let pass. An input that shows such a mutant is a test
/// that is missing.
/// </summary>
internal sealed class MutationTrial(Sandbox sandbox, string work, TrialSides sides, TrialQuestion question, IProgress<string> progress)
{
    /// <summary>Inputs that have to run a mutant before that none shows it says anything.</summary>
    private const long LeastInputs = 100;

    private readonly MutationRun _run = new(sandbox, work);

    /// <summary>Judges the mutants of a project's change.</summary>
    public async Task<MutationResult> RunAsync(BuiltProject project, TrialPlan plan, TrialTerms terms, TimeSpan budget, CancellationToken cancel)
    {
        var planned = plan.Mutation!;
        var awake = planned.Mutants.Where(mutant => mutant.Compiles).Select(mutant => mutant.Id).ToImmutableArray();
        var (tests, suite, noTests) = (new Dictionary<int, MutantTest>(), (TestSuite?)null, (string?)null);
        var seconds = 0.0;
        if (awake.Length > 0)
        {
            (tests, suite, noTests, seconds) = await TestAsync(project, plan, awake, terms, budget * 0.6, cancel);
        }

        var begun = Stopwatch.GetTimestamp();
        var passed = awake.Where(id => tests.GetValueOrDefault(id)?.Fate is not (MutantFate.Killed or MutantFate.TimedOut)).ToImmutableArray();
        var shown = new Dictionary<int, MutantShown>();
        if (passed.Length > 0 && !cancel.IsCancellationRequested)
        {
            progress.Report($"looking for inputs that show {Words.Count(passed.Length, "mutant")} of {project.Path}");
            shown = await _run.ShowAsync(plan, passed, terms, TimeSpan.FromSeconds(Math.Max(budget.TotalSeconds * 0.3, budget.TotalSeconds - seconds)), cancel);
        }

        seconds += Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var judged = planned.Mutants.Select(mutant => Judged(mutant, tests.GetValueOrDefault(mutant.Id), shown.GetValueOrDefault(mutant.Id))).ToImmutableArray();
        if (question.Tests is { } folder && judged.Any(mutant => mutant.IsGap) && !cancel.IsCancellationRequested)
        {
            progress.Report("writing tests of gaps, and running them over the mutants");
            judged = await new GapProof(sides, _run, project, plan, terms).WriteAsync(judged, folder, cancel);
        }

        return new MutationResult(judged, suite, noTests, planned.Arid, planned.LeftOut, seconds)
        {
            Sources = planned.Mutants.Select(mutant => mutant.Path).Distinct(StringComparer.Ordinal).ToImmutableDictionary(path => path, sides.ReadHead, StringComparer.Ordinal),
        };
    }

    /// <summary>The same by unit, as the other kinds of trial tell it; a gap is a difference.</summary>
    public static IEnumerable<UnitResult> Results(MutationPlan plan, MutationResult result)
    {
        foreach (var unit in result.Mutants.GroupBy(mutant => mutant.Mutant.Unit))
        {
            var judged = unit.Count(mutant => mutant.IsJudged);
            var gaps = unit.Where(mutant => mutant.IsGap).Select(Gap).ToImmutableArray();
            yield return new UnitResult(
                unit.Key,
                TrialKinds.Mutation,
                judged == 0 ? TrialStatus.Untestable : gaps.IsEmpty ? TrialStatus.Same : TrialStatus.Different,
                judged,
                unit.Count(mutant => !mutant.Mutant.Compiles),
                0,
                judged > 0 ? null : plan.Assembly.Length == 0 ? "none of its mutants compiles" : result.NoTests ?? "there was no time to run tests over its mutants",
                gaps);
        }
    }

    private static TrialDifference Gap(JudgedMutant mutant) => mutant.Shown! with
    {
        Kind = DifferenceKind.Gap,
        Mutant = string.Create(CultureInfo.InvariantCulture, $"line {mutant.Mutant.Start.Line}, {(mutant.Mutant.Replacement.Length > 0 ? $"'{mutant.Mutant.Replacement}' instead of" : "without")} '{mutant.Mutant.Original}'"),
        Written = mutant.Written,
    };

    private static JudgedMutant Judged(Mutant mutant, MutantTest? test, MutantShown? shown)
    {
        test ??= new MutantTest(mutant.Id, mutant.Compiles ? MutantFate.NotTested : MutantFate.NotCompiled, null, 0, 0);
        var verdict = test.Fate is MutantFate.Killed or MutantFate.TimedOut or MutantFate.NotCompiled ? MutantVerdict.None
            : shown?.Difference is not null ? MutantVerdict.Shown
            : shown?.Inputs >= LeastInputs ? MutantVerdict.LikelyEquivalent
            : MutantVerdict.NotReached;
        return new JudgedMutant(mutant, test, verdict, shown?.Inputs ?? 0, verdict == MutantVerdict.Shown ? shown!.Difference : null);
    }

    /// <summary>Runs the tests of each test project over what those before let pass.</summary>
    private async Task<(Dictionary<int, MutantTest> Tests, TestSuite? Suite, string? NoTests, double Seconds)> TestAsync(
        BuiltProject project, TrialPlan plan, ImmutableArray<int> awake, TrialTerms terms, TimeSpan budget, CancellationToken cancel)
    {
        var tests = new Dictionary<int, MutantTest>();
        if (!question.RunsTests)
        {
            return (tests, null, "no tests were to be run", 0);
        }

        TestSuite? suite = null;
        var reason = "no test project refers to it";
        var seconds = 0.0;
        foreach (var path in project.TestProjects)
        {
            progress.Report($"building {path}, and running its tests over {Words.Count(awake.Length, "mutant")}");
            BuiltTests built;
            try
            {
                built = await sides.BuildTestsAsync(path, cancel);
            }
            catch (TrialException failed) when (failed.Fault == Fault.BadInput)
            {
                reason = failed.Message;
                continue;
            }

            var begun = Stopwatch.GetTimestamp();
            var left = awake.Where(id => tests.GetValueOrDefault(id)?.Fate is not (MutantFate.Killed or MutantFate.TimedOut)).ToImmutableArray();
            var (ran, judged) = await _run.TestAsync(plan with { NeedsAspNetCore = plan.NeedsAspNetCore || built.UsesAspNetCore }, built.Assembly, left, "", terms, budget / project.TestProjects.Length, cancel);
            seconds += Stopwatch.GetElapsedTime(begun).TotalSeconds;
            if (ran is null)
            {
                reason = $"the tests of {path} can't be run here";
                continue;
            }

            suite = suite is null ? ran : new TestSuite(suite.Found + ran.Found, suite.Passed + ran.Passed, suite.Failed + ran.Failed, suite.NotRun + ran.NotRun);
            foreach (var (id, test) in judged)
            {
                // What one project's tests reach counts, though another's do not.
                if (!tests.TryGetValue(id, out var known) || known.Fate == MutantFate.NoCoverage || test.Fate is MutantFate.Killed or MutantFate.TimedOut)
                {
                    tests[id] = test;
                }
            }
        }

        return suite is { Passed: 0 } ? ([], suite, "none of its tests passes here", seconds) : (tests, suite, suite is null ? reason : null, seconds);
    }
}
