using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Airworthy.Trials.Running;

namespace Airworthy.Trials.Mutation;

/// <summary>Judges mutants in workers: by the project's own tests, then those that no test noticed by generated inputs. A mutant that ends its worker is told, and the next worker goes on.</summary>
/// <param name="sandbox">Where workers run.</param>
/// <param name="work">The trial's own folder.</param>
public sealed class MutationRun(Sandbox sandbox, string work)
{
    /// <summary>Workers that one unit may end, by whatever mutants, before it is called no more.</summary>
    private const int MostEndings = 5;

    /// <summary>Workers that are started in all.</summary>
    private const int MostWorkers = 200;

    private readonly WorkerCommand _worker = new(sandbox, work);
    private int _workers;

    /// <summary>Runs tests over mutants.</summary>
    /// <param name="plan">What was planned; it has mutants.</param>
    /// <param name="tests">The test assembly.</param>
    /// <param name="mutants">The mutants to judge.</param>
    /// <param name="only">Only tests whose name begins so; empty for all.</param>
    /// <param name="terms">How.</param>
    /// <param name="budget">How long it may take.</param>
    /// <param name="cancel">Ends it; what is known by then is given.</param>
    /// <returns>The suite, null when not even that could be run, and what came of each mutant that was judged.</returns>
    public async Task<(TestSuite? Suite, Dictionary<int, MutantTest> Tests)> TestAsync(
        TrialPlan plan, string tests, ImmutableArray<int> mutants, string only, TrialTerms terms, TimeSpan budget, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(terms);
        var judged = new Dictionary<int, MutantTest>();
        TestSuite? suite = null;
        var begun = TimeProvider.System.GetTimestamp();
        var left = mutants.ToList();
        for (var stopped = false; left.Count > 0 && !stopped && TimeProvider.System.GetElapsedTime(begun) < budget && _workers < MostWorkers;)
        {
            var place = Next("tests");
            var seconds = (budget - TimeProvider.System.GetElapsedTime(begun)).TotalSeconds;
            await WriteAsync(place, new TestJob(tests, plan.Mutation!.Assembly, [.. left], only, seconds, terms.Patience.TotalSeconds / 4, WorkerCommand.Results(place)));
            stopped = await RunAsync("tests", place, plan, terms, TimeSpan.FromSeconds(seconds + 60), cancel) is null;
            var lines = WorkerLines.Read<TestLine>(WorkerCommand.Results(place));
            suite ??= lines.Find(line => line.Suite is not null)?.Suite;
            var begunLast = 0;
            foreach (var line in lines)
            {
                begunLast = line.Begun > 0 ? line.Begun : line.Test is not null ? 0 : begunLast;
                if (line.Test is { } test)
                {
                    judged[test.Id] = test;
                }

                stopped |= line.IsDone;
            }

            if (begunLast > 0 && !stopped)
            {
                // It took the worker along: a runner that does not survive a mutant has noticed it.
                judged[begunLast] = new MutantTest(begunLast, MutantFate.Killed, "(the tests' process ends)", 1, 1);
            }

            stopped |= suite is null;
            left.RemoveAll(judged.ContainsKey);
        }

        return (suite, judged);
    }

    /// <summary>Finds inputs that show mutants.</summary>
    /// <param name="plan">What was planned; it has mutants.</param>
    /// <param name="mutants">The mutants to show.</param>
    /// <param name="terms">How.</param>
    /// <param name="budget">How long it may take.</param>
    /// <param name="cancel">Ends it; what is known by then is given.</param>
    /// <returns>Of each mutant that some input reached, how many did, and the smallest that shows it.</returns>
    public async Task<Dictionary<int, MutantShown>> ShowAsync(TrialPlan plan, ImmutableArray<int> mutants, TrialTerms terms, TimeSpan budget, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(terms);
        var shown = new Dictionary<int, MutantShown>();
        // Those that mutants lie in first: what they reach need not be asked of others that changed, nor of their callers.
        var owners = plan.Mutation!.Mutants.Where(mutant => mutants.Contains(mutant.Id)).Select(mutant => mutant.Unit).ToHashSet();
        var units = Enumerable.Range(0, plan.Units.Length).Where(i => plan.Units[i].Untestable is null).OrderBy(i => !owners.Contains(i)).ThenBy(i => plan.Units[i].Origin).ToList();
        var endings = new Dictionary<int, int>();
        var perUnit = Math.Clamp(budget.TotalSeconds / Math.Max(1, units.Count), 0.5, 30);
        var asleep = mutants.ToHashSet();
        while (units.Count > 0 && asleep.Count > 0 && _workers < MostWorkers)
        {
            var place = Next("mutants");
            var run = new RunJob(plan, [.. units], [], terms.Seed, perUnit, terms.MostInputs, terms.Patience.TotalSeconds, WorkerCommand.Journal(place), WorkerCommand.Results(place), []) { Endings = endings };
            await WriteAsync(place, new MutantJob(run, [.. asleep]));
            using var journal = new CallJournal(run.Journal);
            journal.Idle();
            var end = await RunAsync("mutants", place, plan, terms, TimeSpan.FromSeconds((perUnit * units.Count * 3) + 120), cancel);
            foreach (var line in WorkerLines.Read<MutantShown>(run.Results))
            {
                if (line.IsDone)
                {
                    units.Remove(line.Unit);
                }
                else
                {
                    var before = shown.GetValueOrDefault(line.Id);
                    shown[line.Id] = line with { Inputs = Math.Max(line.Inputs, before?.Inputs ?? 0), Difference = line.Difference ?? before?.Difference };
                }
            }

            var at = journal.Unit;
            if (end is null || at < 0)
            {
                break;
            }

            // It takes its worker along where the code as it is came back: that is a difference too, though no input can be made smaller with it.
            if (journal.Mutant is > 0 and var mutant)
            {
                shown[mutant] = new MutantShown(mutant, at, Math.Max(1, shown.GetValueOrDefault(mutant)?.Inputs ?? 0), Ended(plan.Units[at], end), IsDone: false);
            }

            endings[at] = endings.GetValueOrDefault(at) + (journal.Mutant > 0 ? 1 : MostEndings);
            if (endings[at] >= MostEndings)
            {
                units.Remove(at);
            }

            asleep.RemoveWhere(id => shown.GetValueOrDefault(id)?.Difference is not null);
        }

        return shown;
    }

    private static TrialDifference Ended(TrialUnit unit, TrialProcessEnd end) => new(
        end.Exit == TrialRun.HangExit ? DifferenceKind.Hang : DifferenceKind.Crash,
        $"a call of {unit.Name}",
        "comes back",
        end.Exit == TrialRun.HangExit ? "does not come back" : "ends the process",
        "", 0, 0, "", Test: null, NoTest: "it would take the process of all tests along");

    private string Next(string verb) => _worker.Place(string.Create(CultureInfo.InvariantCulture, $"{verb}-{_workers++}"));

    private static Task WriteAsync<T>(string place, T job) => File.WriteAllBytesAsync(WorkerCommand.Job(place), JsonSerializer.SerializeToUtf8Bytes(job), CancellationToken.None);

    /// <summary>Runs a worker; null when it was cancelled.</summary>
    private async Task<TrialProcessEnd?> RunAsync(string verb, string place, TrialPlan plan, TrialTerms terms, TimeSpan most, CancellationToken cancel)
    {
        try
        {
            return await TrialProcess.RunAsync(_worker.Of(verb, place, plan.NeedsAspNetCore, terms.MostMemory), most, cancel);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
