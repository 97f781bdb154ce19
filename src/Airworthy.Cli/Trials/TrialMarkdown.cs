using Airworthy.Journeys.Trials;

namespace Airworthy.Cli.Trials;

/// <summary>A trial's answer as a comment on a pull request.</summary>
internal static class TrialMarkdown
{
    /// <summary>By this a comment of an earlier run is found and replaced.</summary>
    private const string Marker = "<!-- airworthy-trial -->";

    private const string Acting = "\\`*_{}[]<>#|!~&@";

    public static void Write(TrialReport report, Terminal terminal)
    {
        terminal.WriteLine(Marker);
        terminal.WriteLine($"### Trial: {Escape(TrialWords.Headline(report))}");
        foreach (var finding in report.Worth.Take(TrialWords.Shown))
        {
            var (was, now) = TrialWords.Around(finding.Difference, 300);
            terminal.WriteLine("");
            terminal.WriteLine($"**{finding.Rank}. {Escape(finding.Unit.Name)}** ({Escape(finding.Unit.Path)}:{finding.Unit.Line}): {Escape(TrialWords.Name(finding.Difference))}  ");
            terminal.WriteLine($"{Escape(TrialWords.Why(finding))}");
            terminal.WriteLine("");
            // Indented: nothing in it is read as Markdown, whatever it holds.
            terminal.WriteLine($"    {OneLine(finding.Difference.Input)}");
            terminal.WriteLine($"    {TrialWords.Sides(finding.Difference)}: {OneLine(was)}");
            terminal.WriteLine($"    {TrialWords.Other(finding.Difference)}: {OneLine(now)}");
            if (TrialWords.Replay(report, finding.Difference) is { } replay)
            {
                terminal.WriteLine($"    again: {OneLine(replay)}");
            }
        }

        if (report.Worth.Length > TrialWords.Shown)
        {
            terminal.WriteLine("");
            terminal.WriteLine($"and {report.Worth.Length - TrialWords.Shown:N0} more");
        }

        foreach (var line in report.Mutation.SelectMany(MutationWords.Of))
        {
            terminal.WriteLine("");
            terminal.WriteLine(Escape(line));
        }

        if (report.NotTried.Length > 0)
        {
            terminal.WriteLine("");
            terminal.WriteLine($"No evidence of {report.NotTried.Length:N0}: {Escape(string.Join("; ", report.NotTried.Take(5).Select(one => $"{one.What}: {one.Reason}")))}");
        }
    }

    private static string OneLine(string text) => Servers.Printable.Of(text);

    /// <summary>Names come from the repository: nothing in them may act as Markdown, HTML or a mention.</summary>
    private static string Escape(string text) =>
        string.Concat(text.Select(c => Acting.Contains(c, StringComparison.Ordinal) ? c == '@' ? "@\u200B" : $"\\{c}" : char.IsControl(c) ? " " : c.ToString()));
}
