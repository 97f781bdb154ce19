using Airworthy.Journeys;

namespace Airworthy.Cli.Gates;

/// <summary>The gate's answer as a comment on a pull request.</summary>
internal static class GateMarkdown
{
    /// <summary>By this a comment of an earlier run is found and replaced.</summary>
    public const string Marker = "<!-- airworthy-gate -->";

    private const string Acting = "\\`*_{}[]<>#|!~&@";

    public static void Write(GateReport report, Terminal terminal)
    {
        terminal.WriteLine(Marker);
        WriteBody(report, terminal);
    }

    /// <summary>The comment without its marker.</summary>
    public static void WriteBody(GateReport report, Terminal terminal)
    {
        terminal.WriteLine($"### {GateWords.Name(report.Judgement.Kind)}: {Escape(GateWords.Headline(report))}");
        var worst = GateItem.Of(report);
        if (worst.Count > 0)
        {
            terminal.WriteLine("");
            terminal.WriteLine("| | where | who | |");
            terminal.WriteLine("|---|---|---|---|");
            foreach (var item in worst.Take(GateWords.Shown))
            {
                terminal.WriteLine($"| {Escape(item.Name)} | {Escape(item.Where)} | {Escape(item.Who)} | {Escape(string.Join("; ", item.Says))} |");
            }

            if (worst.Count > GateWords.Shown)
            {
                terminal.WriteLine("");
                terminal.WriteLine($"and {worst.Count - GateWords.Shown:N0} more");
            }
        }

        if (report.Files > 0)
        {
            terminal.WriteLine("");
            terminal.WriteLine($"{GateWords.Lines(report)}  ");
            foreach (var line in GateWords.Facts(report))
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
