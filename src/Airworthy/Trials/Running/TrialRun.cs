using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Airworthy.Trials.Running;

/// <summary>
/// Runs a plan in workers. A call that ends its worker, or does not come back, is a finding, and the next worker goes on with the rest. What is known is kept line by line,
/// so a run that is interrupted gives what it had.
/// </summary>
/// <param name="sandbox">Where workers run.</param>
/// <param name="work">The trial's own folder.</param>
public sealed class TrialRun(Sandbox sandbox, string work)
{
    /// <summary>Workers that one unit may end before it is given up.</summary>
    public const int MostEndings = 3;

    /// <summary>The kind of the line that says that a unit is done.</summary>
    public const string EndMark = "end";

    /// <summary>Runs it.</summary>
    /// <param name="plan">What to try.</param>
    /// <param name="terms">How.</param>
    /// <param name="budget">How long all of it may take.</param>
    /// <param name="progress">Told which unit is done, by the number done.</param>
    /// <param name="cancel">Ends it; what is known by then is given.</param>
    public async Task<ImmutableArray<UnitResult>> RunAsync(TrialPlan plan, TrialTerms terms, TimeSpan budget, IProgress<int> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(terms);
        var units = Enumerable.Range(0, plan.Units.Length).Where(i => plan.Units[i].Untestable is null).ToList();
        var jobs = Math.Clamp(terms.Jobs, 1, Math.Max(1, units.Count));
        var parts = await Task.WhenAll(Enumerable.Range(0, jobs).Select(part => RunPartAsync(plan, terms, [.. units.Where((_, i) => i % jobs == part)], budget, part, progress, cancel)));
        return [.. parts.SelectMany(part => part).OrderBy(result => result.Unit)];
    }

    /// <summary>Runs some of the units in one worker after the other.</summary>
    private async Task<IEnumerable<UnitResult>> RunPartAsync(TrialPlan plan, TrialTerms terms, List<int> left, TimeSpan budget, int part, IProgress<int> progress, CancellationToken cancel)
    {
        var endings = new Dictionary<int, int>();
        var given = new Dictionary<(int, string), UnitResult>();
        var ended = ImmutableArray<EndedCall>.Empty;
        var worker = new WorkerCommand(sandbox, work);
        var perUnit = Math.Max(0.5, budget.TotalSeconds / Math.Max(1, left.Count));
        for (var attempt = 0; left.Count > 0 || ended.Length > 0; attempt++)
        {
            var place = worker.Place(string.Create(CultureInfo.InvariantCulture, $"{part}-{attempt}"));
            var job = new RunJob(plan, [.. left], terms.Kinds, terms.Seed, perUnit, terms.MostInputs, terms.Patience.TotalSeconds, WorkerCommand.Journal(place), WorkerCommand.Results(place), ended) { Schedule = terms.Schedule, Endings = endings };
            await File.WriteAllBytesAsync(WorkerCommand.Job(place), JsonSerializer.SerializeToUtf8Bytes(job), CancellationToken.None);
            using var journal = new CallJournal(job.Journal);
            journal.Idle();
            TrialProcessEnd? end = null;
            try
            {
                var most = TimeSpan.FromSeconds((perUnit * left.Count * 2) + 120);
                end = await TrialProcess.RunAsync(worker.Of("run", place, plan.NeedsAspNetCore, terms.MostMemory), most, cancel);
            }
            catch (OperationCanceledException)
            {
                // What the worker wrote until now is the answer.
            }

            foreach (var result in Read(job.Results).Where(result => result.Kind != EndMark))
            {
                given[(result.Unit, result.Kind)] = given.TryGetValue((result.Unit, result.Kind), out var before) ? before.And(result) : result;
            }

            progress.Report(given.Keys.Select(key => key.Item1).Distinct().Count());
            ended = [];
            // Code under trial may end the process with 0 as well: a worker that is done runs nothing.
            var at = journal.Unit;
            if (end is null || (end.Exit == 0 && at < 0))
            {
                break;
            }

            var done = Finished(job.Results);
            left.RemoveAll(done.Contains);
            if (end.Exit is null)
            {
                LeaveUntried("its worker took more time than it was given");
                break;
            }

            if (at < 0 && done.Count > 0)
            {
                // What a unit left running ended it between two units: nobody knows on which input, and the rest is still to be tried.
                continue;
            }

            if (at < 0)
            {
                // It runs a stranger's code: that it can't even begin is no evidence, and no fault of who asked.
                LeaveUntried($"its worker ended before it ran anything: {end.FirstError}");
                break;
            }

            // A hang costs its patience: twice is enough of it.
            endings[at] = endings.GetValueOrDefault(at) + (end.Exit == HangExit ? 2 : 1);
            // What ends even the worker that only tells of it is told no more.
            ended = left.Contains(at) ? [new EndedCall(at, journal.AtHead, journal.Input, How(end), end.Exit == HangExit)] : [];
            if (endings[at] >= MostEndings)
            {
                left.Remove(at);
            }
        }

        return given.Values;

        void LeaveUntried(string reason)
        {
            foreach (var unit in left.Where(unit => !given.Keys.Any(key => key.Item1 == unit)))
            {
                given[(unit, "differential")] = new UnitResult(unit, "differential", TrialStatus.Untestable, 0, 0, 0, reason, []);
            }
        }
    }

    /// <summary>The exit code of a worker whose call did not come back.</summary>
    public const int HangExit = 3;

    private static string How(TrialProcessEnd end) => end.Exit switch
    {
        HangExit => "does not come back",
        _ when end.Error.Contains("Stack overflow", StringComparison.Ordinal) => "overflows the stack, which ends the process",
        _ when end.Error.Contains("FailFast", StringComparison.Ordinal) || end.Error.Contains("Process terminated", StringComparison.Ordinal) => "ends the process (FailFast)",
        _ when end.Error.Contains("Out of memory", StringComparison.Ordinal) || end.Exit == 137 => "takes more memory than it is given, which ends the process",
        > 128 and var exit => string.Create(CultureInfo.InvariantCulture, $"ends the process (signal {exit - 128})"),
        var exit => string.Create(CultureInfo.InvariantCulture, $"ends the process (exit code {exit})"),
    };

    /// <summary>The last that was written of each unit and kind; what ended an earlier worker is told apart from what this one sees.</summary>
    private static IEnumerable<UnitResult> Read(string file) =>
        WorkerLines.Read<UnitResult>(file).GroupBy(line => (line.Unit, line.Kind, line.IsOfEnding)).Select(group => group.Last());

    private static HashSet<int> Finished(string file) => [.. WorkerLines.Read<UnitResult>(file).Where(line => line.Kind == EndMark).Select(line => line.Unit)];
}
