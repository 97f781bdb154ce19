using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Cli.Gates;

/// <summary>The gate's answer as a comment on a pull request.</summary>
internal static class GateMarkdown
{
    /// <summary>By this a comment of an earlier run is found and replaced.</summary>
    private const string Marker = "<!-- airworthy-gate -->";

    private const string Acting = "\\`*_{}[]<>#|!~&@";

    public static void Write(GateReport report, Terminal terminal)
    {
        terminal.WriteLine(Marker);
        terminal.WriteLine($"### {GateWords.Name(report.Judgement.Kind)}: {Escape(GateWords.Headline(report))}");
        var worst = report.Judgement.Units.Where(unit => unit.Kind != VerdictKind.Pass).ToArray();
        if (worst.Length > 0)
        {
            terminal.WriteLine("");
            terminal.WriteLine("| | where | who | |");
            terminal.WriteLine("|---|---|---|---|");
            foreach (var unit in worst.Take(GateWords.Shown))
            {
                terminal.WriteLine(
                    $"| {Escape(GateWords.Plain(unit.Changed.Unit.Name))} | {Escape(GateWords.Where(unit))} | {Escape(GateWords.Who(unit))} | {Escape(string.Join("; ", GateWords.Problems(unit)))} |");
            }

            if (worst.Length > GateWords.Shown)
            {
                terminal.WriteLine("");
                terminal.WriteLine($"and {worst.Length - GateWords.Shown:N0} more");
            }
        }

        if (report.Files > 0)
        {
            terminal.WriteLine("");
            terminal.WriteLine($"{GateWords.Lines(report)}  ");
            foreach (var line in new[] { GateWords.Statements(report), GateWords.Rest(report) }.Where(line => line.Length > 0))
            {
                terminal.WriteLine($"{Escape(line)}  ");
            }

            terminal.WriteLine(Escape(GateWords.PolicyLine(report)));
        }

        foreach (var command in GateWords.Next(report).Take(GateWords.Shown))
        {
            terminal.WriteLine("");
            terminal.WriteLine($"    {command}");
        }

        foreach (var remark in GateWords.Remarks(report))
        {
            terminal.WriteLine("");
            terminal.WriteLine($"> {Escape(remark)}");
        }
    }

    /// <summary>Names come from the repository: nothing in them may act as Markdown, HTML or a mention.</summary>
    private static string Escape(string text) =>
        string.Concat(text.Select(c => Acting.Contains(c, StringComparison.Ordinal) ? c == '@' ? "@\u200B" : $"\\{c}" : char.IsControl(c) ? " " : c.ToString()));
}
