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
        console.WriteLine($"  production says: {Words.Of(standing.Verdict)}{EvidenceFigure.Of(standing.Grade)}");
        if (standing is { FirstRan: { } first, LastRan: { } last })
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    ran {Tables.At(first)} to {Tables.At(last)} on {Words.Count(standing.Instances, "instance")}: {Words.Count(standing.Calls, "call")}, {standing.Bad:N0} bad"));
        }

        foreach (var metric in standing.Metrics)
        {
            Write(console, metric, standing.Metrics.Count > 1 ? $"{metric.Metric}: " : "");
        }

        if (standing.SharedWith.Count > 0)
        {
            console.WriteLine($"    can't be told from {Words.Count(standing.SharedWith.Count, "other change")} in the same units and versions: {string.Join(", ", standing.SharedWith.Take(5))}");
        }

        foreach (var missing in standing.Missing)
        {
            console.WriteLine($"    missing: {Printable.Of(missing)}");
        }

        console.WriteLine($"    held to {EvidenceFigure.Of(standing.Held)} by the policy {standing.PolicyDigest[..Math.Min(12, standing.PolicyDigest.Length)]} at {standing.PolicyRevision[..12]}");
    }

    private static void Write(IAnsiConsole console, ChangeMetric metric, string name)
    {
        if (metric.Grade is EvidenceGrade.Concurrent or EvidenceGrade.Randomised)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    {name}bad {(metric.Grade == EvidenceGrade.Randomised ? "minutes, one side alone" : "instance-minutes")}: {metric.ChangeBad:N0} of {metric.ChangeWindows:N0} {(metric.Grade == EvidenceGrade.Randomised ? "calls " : "")}with it, {metric.BaselineBad:N0} of {metric.BaselineWindows:N0} without{(metric.OddsRatio is { } ratio ? $"; odds ratio about {ratio:0.##}" : "")}"));
        }

        if (metric.Grade == EvidenceGrade.Absolute)
        {
            console.WriteLine($"    {name}evidence that it {(metric.Metric == Metric.Failures.Name ? "seldom fails" : "takes as long as before")} {EvidenceFigure.Of(metric.NoHarmLogE)}; {EvidenceFigure.Of(metric.Threshold)} settles it");
        }
        else if (metric.Grade != EvidenceGrade.None)
        {
            console.WriteLine(
                $"    {name}evidence of harm {EvidenceFigure.Of(metric.HarmLogE)}, of {EvidenceFigure.Of(metric.HarmThreshold)}; against harm {EvidenceFigure.Of(metric.NoHarmLogE)}, of {EvidenceFigure.Of(metric.Threshold)}");
        }
    }
}
