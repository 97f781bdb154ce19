using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Trials.Programs;

namespace Airworthy.Journeys.Trials;

/// <summary>Runs a program of any language as it was and as it is.</summary>
public static class ProgramTrialJourney
{
    /// <summary>The shortest option that is looked for in messages: <c>-a</c> is in too many words.</summary>
    private const int LeastOption = 4;

    /// <param name="repository">Where the revisions are.</param>
    /// <param name="question">What to try.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancel">Ends the trial; what is known until then is the answer.</param>
    /// <exception cref="FaultException">A scenario can't be read, a revision does not build, or there is no sandbox.</exception>
    public static async Task<ProgramTrialReport> RunAsync(GitRepository repository, ProgramTrialQuestion question, IProgress<string> progress, CancellationToken cancel)
    {
        var scenarios = ScenarioFolder.Read(question.Scenarios);
        using var builds = question.Cache is null ? new TemporaryFolder("airworthy-builds-") : null;
        using var trial = await ProgramTrial.PrepareAsync(
            repository, question.Base, question.Head, question.Build, scenarios, question.Terms, question.Cache ?? builds!.Path, question.IsUnsafe, progress, cancel);
        var results = await trial.RunAsync(progress, cancel);
        var commits = new List<Commit>();
        await foreach (var commit in repository.HistoryAsync($"{question.Base}..{question.Head}", CancellationToken.None))
        {
            commits.Add(commit);
        }

        var ranked = results
            .SelectMany((result, at) => result.Findings.Select(finding => (At: at, Finding: finding, SpokenOf: SpokenOf(finding.Variation, commits))))
            .OrderBy(one => one.Finding.Worst.Kind)
            .ThenBy(one => one.SpokenOf is not null)
            .ThenBy(one => one.Finding.Variation.Distance)
            .ThenBy(one => one.At)
            .ToList();
        var findings = ImmutableArray.CreateBuilder<RankedProgramFinding>(ranked.Count);
        foreach (var (at, finding, spokenOf) in ranked)
        {
            var rank = findings.Count + 1;
            var test = question.Tests is { } folder ? await trial.WriteTestAsync(finding, results[at].Scenario, folder, rank, CancellationToken.None) : null;
            findings.Add(new RankedProgramFinding(rank, finding, spokenOf, test));
        }

        return new ProgramTrialReport(question.Base.Hex, question.Head.Hex, results, findings.MoveToImmutable());
    }

    private static Commit? SpokenOf(Variation variation, List<Commit> commits)
    {
        var options = variation.Values
            .Where((_, at) => variation.Choice[at] != 0)
            .SelectMany(pair => pair.Value.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.StartsWith('-') && word.Length >= LeastOption)
            .ToList();
        return options.Count == 0 ? null : commits.Find(commit => options.Exists(option => commit.Message.Contains(option, StringComparison.Ordinal)));
    }
}
