using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Trials.Programs;

/// <summary>
/// Runs a program of any language as it was and as it is, on scenarios that vary along declared dimensions, and tells where they differ. Compared are exit code, output, what is
/// left in the folder (content, permissions, links, times) and resources.
/// </summary>
public sealed class ProgramTrial : IDisposable
{
    private readonly ImmutableArray<ProgramScenario> _scenarios;
    private readonly ProgramTerms _terms;
    private readonly ProgramCommand _runner;
    private readonly BuiltProgram _from;
    private readonly BuiltProgram _to;
    private readonly TemporaryFolder _work = new("airworthy-trial-");

    private ProgramTrial(ImmutableArray<ProgramScenario> scenarios, ProgramTerms terms, ProgramCommand runner, BuiltProgram from, BuiltProgram to) =>
        (_scenarios, _terms, _runner, _from, _to) = (scenarios, terms, runner, from, to);

    /// <summary>Builds both revisions, or takes them from the cache.</summary>
    /// <param name="repository">Where the revisions are.</param>
    /// <param name="from">The base.</param>
    /// <param name="to">The head.</param>
    /// <param name="build">The command that builds a revision at its top; null when nothing is to be built.</param>
    /// <param name="scenarios">What is run.</param>
    /// <param name="terms">How.</param>
    /// <param name="cache">The folder of kept builds.</param>
    /// <param name="isUnsafe">True to run where code can't be kept apart.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="TrialException">There is no sandbox, or a revision does not build.</exception>
    public static async Task<ProgramTrial> PrepareAsync(
        GitRepository repository, CommitId from, CommitId to, string? build, ImmutableArray<ProgramScenario> scenarios, ProgramTerms terms, string cache, bool isUnsafe, IProgress<string> progress, CancellationToken cancel)
    {
        var runner = new ProgramCommand(await Sandbox.FindAsync(isUnsafe, cancel));
        var built = new List<BuiltProgram>();
        foreach (var (revision, name) in new[] { (from, "base"), (to, "head") })
        {
            var label = $"the {name} {revision.Hex[..12]}";
            progress.Report($"building {label}");
            built.Add(await BuiltProgram.MakeAsync(repository, revision, build, label, cache, runner, cancel));
        }

        return new ProgramTrial(scenarios, terms, runner, built[0], built[1]);
    }

    /// <summary>Runs until the budget is spent, all variations ran, or it is cancelled: then with what is known.</summary>
    public async Task<ImmutableArray<ScenarioResult>> RunAsync(IProgress<string> progress, CancellationToken cancel)
    {
        var scenarios = _scenarios;
        using var budget = new CancellationTokenSource(_terms.Budget);
        try
        {
            scenarios = await FuzzAsync(progress, cancel);
        }
        catch (OperationCanceledException)
        {
            // No input of a fuzzer is known: the scenarios are told as not tried.
        }

        var runs = scenarios.Select(scenario => new ScenarioRuns(scenario, _from, _to, _terms, _runner, _work.Path)).ToList();
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = _terms.Jobs, CancellationToken = cancel };
            await Parallel.ForEachAsync(Turns(runs).TakeWhile(_ => !budget.IsCancellationRequested), options, async (turn, ended) =>
            {
                await turn.Runs.TryAsync(turn.Variation, ended);
                progress.Report($"{Words.Count(runs.Sum(run => run.Result.Tried), "variation")} on both, {runs.Sum(run => run.Result.Findings.Length)} differ");
            });
        }
        catch (OperationCanceledException)
        {
            // What is known until now is the answer.
        }

        return [.. runs.Select(run => run.Result)];
    }

    /// <summary>Writes a finding as a script, after it passed on the base and failed on the head; gives its file, or null when there is none that does.</summary>
    /// <exception cref="TrialException">The file can't be written.</exception>
    public async Task<string?> WriteTestAsync(ProgramFinding finding, ProgramScenario scenario, string folder, int number, CancellationToken cancel)
    {
        var script = scenario.IsScript
            ? await File.ReadAllTextAsync(scenario.File, cancel)
            : $"$RUN {string.Join(' ', ScenarioRuns.Words(scenario, finding.Variation).Select(ShellWord.Quote))}";
        if (ProgramTest.Of(finding, scenario, script) is not { } test)
        {
            return null;
        }

        using var work = new TemporaryFolder("airworthy-test-");
        try
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}-{number}.sh");
            await File.WriteAllTextAsync(Path.Combine(work.Path, file), test, cancel);
            if (scenario.Files is { } files)
            {
                ScratchFolder.Copy(files, Directory.CreateDirectory(Path.Combine(work.Path, Path.GetFileName(files))).FullName);
            }

            async Task<int?> ExitAsync(BuiltProgram program) => (await _runner.RunAsync(
                program.Folder, isBuild: false, work.Path, ".", ["/bin/sh", file], [("RUN", ScenarioRuns.Run(_terms, _runner, program))], _terms.Patience + _terms.Patience, cancel)).Exit;
            if (await ExitAsync(_from) != 0 || await ExitAsync(_to) == 0)
            {
                return null;
            }

            Directory.CreateDirectory(folder);
            File.Copy(Path.Combine(work.Path, file), Path.Combine(folder, file), overwrite: true);
            if (scenario.Files is { } given && !Directory.Exists(Path.Combine(folder, Path.GetFileName(given))))
            {
                ScratchFolder.Copy(given, Directory.CreateDirectory(Path.Combine(folder, Path.GetFileName(given))).FullName);
            }

            return Path.Combine(folder, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrialException(Fault.Unavailable, $"a test can't be written to '{folder}': {e.Message}", e);
        }
    }

    public void Dispose() => _work.Dispose();

    /// <summary>The scenarios with what fuzzers found for them, in half of the time.</summary>
    private async Task<ImmutableArray<ProgramScenario>> FuzzAsync(IProgress<string> progress, CancellationToken cancel)
    {
        var fuzzed = new FuzzedInputs(_runner, _terms, _to, _work.Path);
        var time = _terms.Budget / 2 / Math.Max(1, _scenarios.Count(scenario => scenario.Fuzz is not null));
        var scenarios = ImmutableArray.CreateBuilder<ProgramScenario>();
        foreach (var scenario in _scenarios)
        {
            if (scenario.Fuzz is not null)
            {
                progress.Report($"looking for inputs of {scenario.Name} for {time.TotalSeconds:0} s");
            }

            scenarios.Add(scenario.Fuzz is null ? scenario : await fuzzed.LookAsync(scenario, time, cancel));
        }

        return scenarios.ToImmutable();
    }

    /// <summary>The scenarios in turn, so that each has its share of the budget.</summary>
    private IEnumerable<(ScenarioRuns Runs, Variation Variation)> Turns(List<ScenarioRuns> runs)
    {
        var plans = runs.Select(run => (Runs: run, Plan: VariationPlan.Of(run.Scenario.Dimensions, _terms.Seed).GetEnumerator())).ToList();
        while (plans.Count > 0)
        {
            foreach (var (run, plan) in plans.ToList())
            {
                if (run.IsTestable && plan.MoveNext())
                {
                    yield return (run, plan.Current);
                }
                else
                {
                    plan.Dispose();
                    plans.Remove((run, plan));
                }
            }
        }
    }
}
