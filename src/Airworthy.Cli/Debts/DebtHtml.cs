using System.Net;
using Airworthy.Journeys.Debts;

namespace Airworthy.Cli.Debts;

/// <summary>Agent debt as one page: no script, nothing fetched, readable in light and dark.</summary>
internal static class DebtHtml
{
    private const string Style = """
        :root { color-scheme: light dark; --line: light-dark(#d8dde3, #363c45); --soft: light-dark(#57606a, #9aa4af) }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
        h1 { font-size: 1.3rem } h2 { font-size: 1rem; margin: 1.6rem 0 .3rem } p { color: var(--soft); margin: .3rem 0 }
        table { border-collapse: collapse } td, th { text-align: right; padding: .25rem .8rem; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums }
        td:first-child, th:first-child { text-align: left; padding-left: 0 } th { color: var(--soft); font-weight: normal }
        """;

    public static void Write(DebtReport report, Terminal terminal)
    {
        terminal.WriteLine($"""
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Agent debt: {Text(report.Repository)}</title>
            <style>{Style}</style>
            <h1>{Text(report.Repository)}: {Text(DebtWords.Headline(report))}</h1>
            """);
        foreach (var table in DebtWords.Tables(report))
        {
            terminal.WriteLine($"<h2>{Text(table.Title)}</h2><table><thead><tr><th>{string.Concat(table.Headings.Select(heading => $"<th>{Text(heading)}"))}</thead><tbody>");
            foreach (var row in table.Rows)
            {
                terminal.WriteLine($"<tr>{string.Concat(row.Select(cell => $"<td>{Text(cell)}"))}");
            }

            terminal.WriteLine("</tbody></table>");
        }

        foreach (var line in DebtWords.Coverage(report).Append(DebtWords.Definition))
        {
            terminal.WriteLine($"<p>{Text(line)}</p>");
        }

        terminal.WriteLine("</html>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
