using Airworthy.Cli.Servers;
using Airworthy.Journeys.Trials;
using Spectre.Console;

namespace Airworthy.Cli.Trials;

/// <summary>A trial's answer for a person at a terminal: the worst five differences, then what could not be tried.</summary>
internal static class TrialText
{
    private const int MostText = 160;
    private const int MostMissing = 5;

    public static void Write(TrialReport report, Terminal terminal, bool all)
    {
        terminal.Write(TrialWords.Verdict(report), report.Worth.Length > 0 ? Color.Red : report.HasEvidence ? Color.Green : Color.Olive);
        terminal.WriteLine($"  {TrialWords.Headline(report)}");
        var shown = all ? report.Findings : [.. report.Worth.Take(TrialWords.Shown)];
        foreach (var finding in shown)
        {
            terminal.WriteLine("");
            terminal.WriteLine($"  {finding.Rank}  {Printable.Of(finding.Unit.Name)}  {Printable.Of(finding.Unit.Path)}:{finding.Unit.Line}  {TrialWords.Name(finding.Difference)}");
            var (was, now) = TrialWords.Around(finding.Difference, MostText);
            terminal.WriteLine($"       {Printable.Of(Cut(finding.Difference.Input))}");
            terminal.WriteLine($"       {TrialWords.Sides(finding.Difference)}: {Printable.Of(was)}");
            terminal.WriteLine($"       {TrialWords.Other(finding.Difference)}: {Printable.Of(now)}");
            terminal.WriteLine($"       {Printable.Of(TrialWords.Why(finding))}");
            if (TrialWords.Replay(report, finding.Difference) is { } replay)
            {
                terminal.WriteLine($"       again: {Printable.Of(replay)}");
            }

            if (finding.Test is { } test)
            {
                terminal.WriteLine($"       test: {Printable.Of(test)}");
            }
        }

        if (report.Findings.Length > shown.Length)
        {
            terminal.WriteLine("");
            terminal.WriteLine($"     and {report.Findings.Length - shown.Length:N0} more, less likely to matter; '--all' shows them");
        }

        foreach (var line in report.Mutation.SelectMany(MutationWords.Of))
        {
            terminal.WriteLine("");
            terminal.WriteLine($"  {Printable.Of(line)}");
        }

        if (report.NotTried.Length > 0)
        {
            terminal.WriteLine("");
            terminal.WriteLine($"  no evidence of {report.NotTried.Length:N0}:");
            foreach (var group in report.NotTried.GroupBy(one => one.Reason, StringComparer.Ordinal).OrderByDescending(group => group.Count()).Take(all ? int.MaxValue : MostMissing))
            {
                var names = string.Join(", ", group.Take(3).Select(one => one.What));
                terminal.WriteLine($"     {Printable.Of(names)}{(group.Count() > 3 ? $" and {group.Count() - 3:N0} more" : "")}: {Printable.Of(group.Key)}");
            }
        }

        foreach (var note in report.Notes)
        {
            terminal.WriteLine($"! {Printable.Of(note)}");
        }

        if (report.Sandbox == "none")
        {
            terminal.WriteLine("! the code under trial was not kept apart: it could do all that you may");
        }
    }

    private static string Cut(string text) => text.Length > 400 ? text[..400] + "…" : text;
}
