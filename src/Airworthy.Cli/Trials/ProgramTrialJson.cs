using Airworthy.Journeys.Trials;
using Airworthy.Model;
using Airworthy.Trials.Programs;

namespace Airworthy.Cli.Trials;

/// <summary>The trial of a program in the shape of every trial's JSON: a scenario is a unit, the kind is <c>programs</c>.</summary>
internal static class ProgramTrialJson
{
    public static object Of(ProgramTrialReport report) => new
    {
        report.Base,
        report.Head,
        Units = report.Scenarios.Select(result => new
        {
            Unit = result.Scenario.Name,
            Path = Path.GetFileName(result.Scenario.File),
            Kinds = new
            {
                Programs = new
                {
                    Status = Status(result),
                    Inputs = result.Tried,
                    result.Noisy,
                    Reason = result.Untestable,
                    Differences = report.Findings.Where(ranked => ranked.Finding.Scenario == result.Scenario.Name).Select(Difference),
                },
            },
        }),
    };

    private static object Difference(RankedProgramFinding ranked) => new
    {
        ranked.Rank,
        Kind = Words.Of(ranked.Finding.Worst.Kind).Replace(' ', '-'),
        Input = ranked.Finding.Variation.ToString(),
        ranked.Finding.Worst.Base,
        ranked.Finding.Worst.Head,
        ranked.Test,
        SpokenOf = ranked.SpokenOf?.Id.Hex,
        ranked.Finding.Seen,
        Details = ranked.Finding.Differences.Select(difference => new { Kind = Words.Of(difference.Kind).Replace(' ', '-'), difference.Subject, difference.Base, difference.Head }),
    };

    private static string Status(ScenarioResult result) => result switch
    {
        { Untestable: not null } or { Tried: 0 } => "untestable",
        { Findings: var findings } when findings.Any(finding => finding.Worst.Kind is ProgramDifferenceKind.Crash or ProgramDifferenceKind.Hang) => "crashed",
        { Findings.Length: > 0 } => "different",
        { Noisy: > 0 } when result.Noisy == result.Tried => "noise",
        _ => "same",
    };
}
