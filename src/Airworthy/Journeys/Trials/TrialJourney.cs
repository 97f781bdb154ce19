using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Trials;
using Airworthy.Trials.Building;
using Airworthy.Trials.Mutation;
using Airworthy.Trials.Reporting;
using Airworthy.Trials.Running;

namespace Airworthy.Journeys.Trials;

/// <summary>Runs a change against its base: checks both out, builds them apart, tries what changed on the same inputs, and ranks what differs.</summary>
public static partial class TrialJourney
{
    private const int MostMessage = 100_000;
    private static readonly TimeSpan s_mostPreparation = TimeSpan.FromMinutes(10);

    /// <param name="repository">Where the revisions are.</param>
    /// <param name="question">What to try.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancel">Ends the work; once units run, what is known is given.</param>
    /// <exception cref="FaultException">A revision can't be had, code can't be kept apart, or no project can be tried.</exception>
    public static async Task<TrialReport> RunAsync(GitRepository repository, TrialQuestion question, IProgress<string> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(progress);
        var begun = Stopwatch.GetTimestamp();
        var diffs = await repository.DiffAsync(question.Base, question.Head, cancel).ToListAsync(cancel);
        var change = await WordsAsync(repository, question, diffs, cancel);
        var files = diffs.Where(diff => IsCSharp(diff.NewPath ?? diff.OldPath)).Select(diff => new ChangedFile(diff.OldPath?.Value, diff.NewPath?.Value)
        {
            Lines = [.. diff.Hunks.Where(hunk => hunk.NewCount > 0).Select(hunk => new LineSpan(hunk.NewStart, hunk.NewStart + hunk.NewCount - 1))],
            BaseLines = [.. diff.Hunks.Where(hunk => hunk.OldCount > 0).Select(hunk => new LineSpan(hunk.OldStart, hunk.OldStart + hunk.OldCount - 1))],
        }).ToImmutableArray();
        var sandbox = await Sandbox.FindAsync(question.IsUnsafe, cancel);
        var missing = new List<NotTried>();
        missing.AddRange(diffs.Where(diff => diff.NewPath is { } path && !IsCSharp(path) && IsCode(path)).Select(diff => new NotTried(diff.NewPath!.Value.Display, "only C# is tried by its methods; see docs/run-a-trial.md")));
        var report = new TrialReport(question.Base, question.Head, sandbox.Name, [], [], [.. missing], []);
        if (files.IsEmpty)
        {
            return report with { Notes = ["no C# file changed"], Took = Stopwatch.GetElapsedTime(begun) };
        }

        var work = Directory.CreateTempSubdirectory("airworthy-trial-");
        try
        {
            var sides = new TrialSides(sandbox, work.FullName, repository, question, progress);
            await sides.CheckOutAsync(cancel);
            var (projects, notes) = await sides.BuildAsync(files, missing, cancel);
            var units = new List<TriedUnit>();
            var mutation = new List<MutationResult>();
            var isInterrupted = false;
            foreach (var project in projects)
            {
                progress.Report($"finding what changed in {project.Path}");
                var plan = await PlanAsync(sandbox, work.FullName, project, sides.Base, files, question, cancel);
                notes = [.. notes, .. plan.Notes];
                var kinds = question.Kinds.Remove(TrialKinds.Mutation, StringComparer.Ordinal);
                // Where both are asked for, each has half of the time.
                var budget = question.Budget / projects.Count / (plan.Mutation is not null && kinds.Length > 0 ? 2 : 1);
                var results = ImmutableArray<UnitResult>.Empty;
                var terms = new TrialTerms(kinds, question.Seed) { Jobs = question.Jobs, MostInputs = question.MostInputs, Schedule = question.Schedule };
                if (kinds.Length > 0)
                {
                    progress.Report($"trying {Words.Count(plan.Units.Count(unit => unit.Untestable is null), "unit")} of {project.Path} for {budget.TotalSeconds:0} s");
                    results = await new TrialRun(sandbox, work.FullName).RunAsync(plan, terms, budget, new Progress<int>(), cancel);
                }

                var mutants = ImmutableArray<JudgedMutant>.Empty;
                if (plan.Mutation is { } planned)
                {
                    var judged = await new MutationTrial(sandbox, work.FullName, sides, question, progress).RunAsync(project, plan, terms, budget, cancel);
                    mutation.Add(judged);
                    mutants = judged.Mutants;
                    results = [.. results, .. MutationTrial.Results(planned, judged)];
                }

                isInterrupted |= cancel.IsCancellationRequested;
                units.AddRange(plan.Units.Select((unit, i) => new TriedUnit(unit, [.. results.Where(result => result.Unit == i)]) { Mutants = [.. mutants.Where(mutant => mutant.Mutant.Unit == i)] }));
            }

            missing.AddRange(units.Where(unit => !unit.IsTried).Select(unit => new NotTried(unit.Unit.Name, unit.Reason ?? (isInterrupted ? "interrupted before its turn" : "no kind of trial that was asked for fits it")) { IsChange = unit.IsChange }));
            var findings = Ranked(units, change);
            if (question.Tests is { } folder && findings.Any(finding => finding.Difference.Kind != DifferenceKind.Gap) && !isInterrupted)
            {
                progress.Report("writing tests, and running them on both sides");
                findings = await sides.WriteTestsAsync(findings, projects, folder, cancel);
            }

            return report with
            {
                Units = [.. units.OrderByDescending(unit => unit.Kinds.Any(kind => kind.Status == TrialStatus.Different))],
                Findings = findings,
                NotTried = [.. missing],
                Notes = [.. notes],
                Mutation = [.. mutation],
                IsInterrupted = isInterrupted,
                Took = Stopwatch.GetElapsedTime(begun),
            };
        }
        finally
        {
            Delete(work);
        }
    }

    private static ImmutableArray<RankedFinding> Ranked(IReadOnlyCollection<TriedUnit> units, ChangeWords change)
    {
        var callersAgree = TriedUnit.CallersAgree(units);
        var scored = units
            .SelectMany(unit => unit.Kinds.SelectMany(kind => kind.Differences).Select(difference => (unit.Unit, Difference: difference, Score: FindingRank.Of(unit.Unit, difference, change, callersAgree))))
            .OrderByDescending(one => one.Score.Score)
            .ToList();
        // Each unit's worst before any unit's second: five findings of one method would hide four others.
        return
        [
            .. scored.GroupBy(one => one.Unit.HeadId, StringComparer.Ordinal)
                .SelectMany(group => group.Select((one, i) => (one.Unit, one.Difference, one.Score, Turn: i)))
                .OrderByDescending(one => one.Score.Score - (one.Turn * 30))
                .Select((one, i) => new RankedFinding(i + 1, one.Unit, one.Difference, one.Score.Score, one.Score.Reasons, one.Score.IsSpokenOf) { Test = one.Difference.Written }),
        ];
    }

    private static async Task<TrialPlan> PlanAsync(Sandbox sandbox, string work, BuiltProject project, string baseTop, ImmutableArray<ChangedFile> files, TrialQuestion question, CancellationToken cancel)
    {
        var job = Path.Combine(work, "prepare.job");
        var plan = Path.Combine(work, "prepare.plan");
        File.Delete(plan);
        var asked = new PrepareJob(project.Base, baseTop, project.Head, files, project.Tests, question.Unit, question.Instrument)
        {
            Mutate = question.Kinds.Contains(TrialKinds.Mutation, StringComparer.Ordinal),
            Schedule = question.Kinds.Contains(TrialKinds.Concurrency, StringComparer.Ordinal),
            Weigh = question.Kinds.Contains(TrialKinds.Scaling, StringComparer.Ordinal),
        };
        await File.WriteAllBytesAsync(job, JsonSerializer.SerializeToUtf8Bytes(asked), cancel);
        var rules = new SandboxRules(work, [new SandboxPlace(work, CanWrite: true), .. SideBuild.Packages()]);
        var end = await TrialProcess.RunAsync(sandbox.Command(Sandbox.Dotnet, ["exec", Sandbox.WorkerFile, "prepare", job, plan], rules), s_mostPreparation, cancel);
        if (end.Exit != 0 || !File.Exists(plan))
        {
            throw new TrialException(Fault.Internal, $"what changed in {project.Path} can't be found: {end.FirstError}");
        }

        var found = JsonSerializer.Deserialize<TrialPlan>(await File.ReadAllBytesAsync(plan, cancel))! with { NeedsAspNetCore = project.NeedsAspNetCore };
        found = found with { Units = [.. found.Units.Select(unit => unit with { Recorded = [.. new[] { unit.HeadId, unit.BaseId }.OfType<string>().Distinct(StringComparer.Ordinal).SelectMany(id => question.Recorded.GetValueOrDefault(id, []))] })] };
        return question.Schedule is { } word ? found with { Units = [.. found.Units.Where(unit => ScheduleWord.IsOf(word, unit.HeadId))] } : found;
    }

    private static async Task<ChangeWords> WordsAsync(GitRepository repository, TrialQuestion question, List<FileDiff> diffs, CancellationToken cancel)
    {
        var message = new System.Text.StringBuilder();
        await foreach (var commit in repository.HistoryAsync($"{question.Base}..{question.Head}", cancel))
        {
            if (message.Length > MostMessage)
            {
                break;
            }

            message.Append(commit.Message).Append('\n');
        }

        var words = diffs.Where(diff => diff.NewPath is { } path && path.Value.Contains("test", StringComparison.OrdinalIgnoreCase))
            .SelectMany(diff => diff.Hunks).SelectMany(hunk => hunk.Added).SelectMany(line => Word().Matches(line).Select(match => match.Value));
        return new ChangeWords(message.ToString(), words.ToHashSet(StringComparer.Ordinal));
    }

    private static bool IsCSharp(RepoPath? path) => path is { IsText: true } text && text.Value.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);

    private static bool IsCode(RepoPath path) => Airworthy.Code.CodeUnits.Language(path) is not null;

    private static void Delete(DirectoryInfo work)
    {
        try
        {
            work.Delete(recursive: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // What is left lies in the temporary folder.
        }
    }

    [GeneratedRegex(@"\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
