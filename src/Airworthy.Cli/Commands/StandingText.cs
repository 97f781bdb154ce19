using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Probation;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary>Tells people where a change stands by what production showed.</summary>
internal static class StandingText
{
    public static void Write(IAnsiConsole console, ChangeStanding standing)
    {
        console.WriteLine();
        console.WriteLine($"  production says: {Words.Of(standing.Verdict)}{Grade(standing.Grade)}");
        if (standing is { FirstRan: { } first, LastRan: { } last })
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    ran {Tables.At(first)} to {Tables.At(last)} on {Words.Count(standing.Instances, "instance")}: {Words.Count(standing.Calls, "call")}, {standing.Bad:N0} bad"));
        }

        if (standing.Grade == EvidenceGrade.Concurrent)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    bad instance-minutes: {standing.ChangeBad:N0} of {standing.ChangeWindows:N0} with it, {standing.BaselineBad:N0} of {standing.BaselineWindows:N0} without{(standing.OddsRatio is { } ratio ? $"; odds ratio about {ratio:0.##}" : "")}"));
            console.WriteLine($"    evidence of harm {EvidenceFigure.Of(standing.HarmLogE)}, against harm {EvidenceFigure.Of(standing.NoHarmLogE)}; {EvidenceFigure.Of(standing.Threshold)} settles either");
        }
        else if (standing.Grade == EvidenceGrade.Absolute)
        {
            console.WriteLine($"    evidence that it seldom fails {EvidenceFigure.Of(standing.NoHarmLogE)}; {EvidenceFigure.Of(standing.Threshold)} settles it");
        }

        if (standing.SharedWith.Count > 0)
        {
            console.WriteLine($"    can't be told from {Words.Count(standing.SharedWith.Count, "other change")} in the same units and versions: {string.Join(", ", standing.SharedWith.Take(5))}");
        }

        foreach (var missing in standing.Missing)
        {
            console.WriteLine($"    missing: {Printable.Of(missing)}");
        }
    }

    private static string Grade(EvidenceGrade grade) => grade switch
    {
        EvidenceGrade.Concurrent => ", beside versions without it",
        EvidenceGrade.Absolute => ", with nothing to compare with",
        _ => "",
    };
}
