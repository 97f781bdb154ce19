using System.Net;
using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Cli.Gates;

/// <summary>The gate's whole answer as one page: no script, nothing fetched, readable in light and dark.</summary>
internal static class GateHtml
{
    private const string Style = """
        :root { color-scheme: light dark; --line: light-dark(#d8dde3, #363c45); --soft: light-dark(#57606a, #9aa4af) }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
        h1 { font-size: 1.3rem } code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere }
        table { border-collapse: collapse; width: 100% } td { overflow-wrap: anywhere } .units { table-layout: fixed }
        .units th:nth-child(1) { width: 7.5rem } .units th:nth-child(3) { width: 14% } .units th:nth-child(4) { width: 20% }
        td, th { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line) }
        th, .soft { color: var(--soft); font-weight: normal } ul { margin: 0; padding-left: 1rem }
        @media (max-width: 44rem) { thead { display: none } tbody, tr, td { display: block } tr { border-bottom: 1px solid var(--line) } td { border: 0; padding: .2rem 0 } td:empty { display: none } }
        .pass { color: light-dark(#1a7f37, #4ac26b) } .fail { color: light-dark(#cf222e, #ff7b72) } .insufficient { color: light-dark(#9a6700, #d4a72c) }
        """;

    public static void Write(GateReport report, Terminal terminal)
    {
        var kind = report.Judgement.Kind;
        terminal.WriteLine($"""
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>{GateWords.Name(kind)}: {Text(GateWords.Headline(report))}</title>
            <style>{Style}</style>
            <h1><span class="{Class(kind)}">{GateWords.Name(kind)}</span> {Text(GateWords.Headline(report))}</h1>
            """);
        foreach (var line in GateWords.Facts(report).Prepend(GateWords.Lines(report)).Append(GateWords.PolicyLine(report)))
        {
            terminal.WriteLine($"<p class=\"soft\">{Text(line)}</p>");
        }

        foreach (var remark in GateWords.Remarks(report))
        {
            terminal.WriteLine($"<p>{Text(remark)}</p>");
        }

        terminal.WriteLine("<table class=\"units\"><thead><tr><th>verdict<th>unit<th>who<th>evidence<th>what is missing</thead><tbody>");
        foreach (var unit in report.Judgement.Units)
        {
            terminal.WriteLine($"<tr><td class=\"{Class(unit.Kind)}\">{GateWords.Name(unit.Kind)}<td>{Text(GateWords.Plain(unit.Changed.Unit.Name))}<br><code>{Text(GateWords.Where(unit))}</code>"
                + $"<td>{Text(GateWords.Who(unit))}<td>{List(unit.Changed.Evidence.Select(Evidence))}<td>{List(GateWords.Problems(unit).Concat(GateWords.Get(report, unit)).Concat(unit.Changed.Risks.Skip(GateWords.Shown).Select(Risk)))}");
        }

        terminal.WriteLine("</tbody></table>");
        if (!report.Judgement.Problems.IsEmpty)
        {
            terminal.WriteLine("<h2>Tests and analyzers</h2><table><tbody>");
            foreach (var problem in report.Judgement.Problems)
            {
                terminal.WriteLine($"<tr><td class=\"{Class(problem.Level)}\">{(problem.Level == VerdictKind.Pass ? "SHOWN" : GateWords.Name(problem.Level))}<td>{Text(GateWords.Plain(problem.Name))}"
                    + $"<td><code>{Text(problem.Path is { } path ? $"{path.Display}:{problem.Start}" : "")}</code><td>{Text(GateWords.Plain(problem.Says))}");
            }

            terminal.WriteLine("</tbody></table>");
        }

        terminal.WriteLine("<h2>Rules</h2><table><tbody>");
        foreach (var rule in report.Judgement.Rules)
        {
            terminal.WriteLine($"<tr><td class=\"{Class(rule.Kind)}\">{GateWords.Name(rule.Kind)}<td><code>{Text(rule.Name)}</code><td>{Text(rule.Asks)}<td>{(rule.Applied == 0 ? "of nothing here" : $"{rule.Applied - rule.Unmet:N0} of {rule.Applied:N0}")}");
        }

        terminal.WriteLine("</tbody></table></html>");
    }

    private static string Evidence(Evidence found) => $"{found.Kind}: {found.Count - found.Bad:N0} of {found.Count:N0}, from {GateWords.Plain(found.Source)}";

    private static string Risk(RiskSignal risk) => $"line {risk.Line}, {risk.Rule}: {GateWords.Plain(risk.Says)}";

    private static string List(IEnumerable<string> items) => string.Concat(items.Select(item => $"<li>{Text(item)}")) is { Length: > 0 } list ? $"<ul>{list}</ul>" : "";

    private static string Class(VerdictKind kind) => kind.ToString().ToLowerInvariant();

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
