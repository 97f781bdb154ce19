using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Trials;
using Airworthy.Model;
using Airworthy.Trials.Programs;

namespace Airworthy.Cli.Trials;

/// <summary>The trial of a program, for people: what differs first, what could not be tried last.</summary>
internal static class ProgramTrialText
{
    /// <summary>Differences shown of one finding.</summary>
    private const int MostDifferences = 4;

    /// <summary>Letters of one output line that are shown.</summary>
    private const int MostLetters = 120;

    /// <param name="report">What was found.</param>
    /// <param name="most">Findings that are shown.</param>
    /// <param name="write">Writes a line.</param>
    public static void Write(ProgramTrialReport report, int most, Action<string> write)
    {
        // Names of files, commit subjects and complaints are of the code under trial.
        void Line(string text) => write(Printable.Of(text));

        var tried = report.Scenarios.Sum(result => result.Tried);
        Line($"{Head(report)}  {Words.Count(tried, "variation")} of {Words.Count(report.Scenarios.Length, "scenario")} ran at {report.Base[..12]} and at {report.Head[..12]}: {Words.Count(report.Findings.Length, "kind")} of difference");
        foreach (var ranked in report.Findings.Take(most))
        {
            Finding(ranked, Line);
        }

        if (report.Findings.Length > most)
        {
            Line("");
            Line(string.Create(CultureInfo.InvariantCulture, $"and {report.Findings.Length - most} more; '--all' shows them"));
        }

        Line("");
        foreach (var result in report.Scenarios)
        {
            var ordinary = result.Ordinary is { } end ? $"; its ordinary run: {end} on the base too" : "";
            var noise = result.Noisy > 0 ? string.Create(CultureInfo.InvariantCulture, $", in {result.Noisy} something that no build does twice alike") : "";
            Line(result.Untestable is { } reason
                ? $"  {result.Scenario.Name}  not tried: {reason}"
                : $"  {result.Scenario.Name}  {Words.Count(result.Tried, "variation")}, {result.Findings.Length} differ{noise}{ordinary}");
        }
    }

    private static string Head(ProgramTrialReport report) =>
        report.Findings.Length > 0 ? "DIFFERENT" : report.HasEvidence ? "SAME" : "NOT KNOWN";

    private static void Finding(RankedProgramFinding ranked, Action<string> line)
    {
        var finding = ranked.Finding;
        line("");
        var with = finding.Variation.Distance > 0 ? $" with {finding.Variation}" : "";
        line(string.Create(CultureInfo.InvariantCulture, $"  {ranked.Rank}  {finding.Scenario}{with}"));
        foreach (var difference in finding.Differences.Take(MostDifferences))
        {
            line($"       {Told(difference)}");
        }

        if (finding.Differences.Length > MostDifferences)
        {
            line(string.Create(CultureInfo.InvariantCulture, $"       and {finding.Differences.Length - MostDifferences} more"));
        }

        line(ranked.SpokenOf is { } commit ? $"       spoken of by {commit.Id.Hex[..12]} \"{commit.Subject}\"" : finding.Variation.Distance > 0 ? "       no commit of the change speaks of it" : "       so it is without anything unusual");
        if (ranked.Test is { } test)
        {
            line($"       → RUN=COMMAND sh {test}");
        }
    }

    private static string Told(ProgramDifference difference)
    {
        var subject = difference.Kind switch
        {
            ProgramDifferenceKind.Output => "printed: ",
            ProgramDifferenceKind.Error => "complaint: ",
            ProgramDifferenceKind.Memory => "memory: ",
            ProgramDifferenceKind.Processor => "processor: ",
            _ when difference.Subject.Length > 0 => difference.Subject + ": ",
            _ => "",
        };
        return $"{subject}{Cut(difference.Base)} → {Cut(difference.Head)}";
    }

    private static string Cut(string text) => text.Length == 0 ? "nothing" : text.Length > MostLetters ? text[..MostLetters] + "…" : text;
}
