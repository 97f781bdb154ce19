using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Policies;
using Spectre.Console;

namespace Airworthy.Cli.Gates;

/// <summary>The gate's answer for a person at a terminal: the verdict, the worst three, then what else there is.</summary>
internal static class GateText
{
    public static void Write(GateReport report, Terminal terminal)
    {
        terminal.Write(GateWords.Name(report.Judgement.Kind), Colour(report.Judgement.Kind));
        terminal.WriteLine($"  {GateWords.Headline(report)}");
        if (report.Files == 0)
        {
            return;
        }

        terminal.WriteLine("");
        var worst = report.Judgement.Units.Where(unit => unit.Kind != VerdictKind.Pass).ToArray();
        var shown = worst.Take(GateWords.Shown).ToArray();
        var name = Math.Min(48, shown.Select(unit => Name(unit).Length).DefaultIfEmpty().Max());
        var place = Math.Min(60, shown.Select(unit => GateWords.Where(unit).Length).DefaultIfEmpty().Max());
        for (var i = 0; i < shown.Length; i++)
        {
            terminal.WriteLine($"  {i + 1}  {Name(shown[i]).PadRight(name)}   {GateWords.Where(shown[i]).PadRight(place)}   {GateWords.Who(shown[i])}");
            foreach (var problem in GateWords.Problems(shown[i]))
            {
                terminal.WriteLine($"       {problem}");
            }
        }

        if (worst.Length > shown.Length)
        {
            terminal.WriteLine($"     and {worst.Length - shown.Length:N0} more; '--format json' lists all");
        }

        if (shown.Length > 0)
        {
            terminal.WriteLine("");
        }

        terminal.WriteLine($"  {GateWords.Lines(report)}");
        foreach (var line in new[] { GateWords.Statements(report), GateWords.Rest(report) }.Where(line => line.Length > 0))
        {
            terminal.WriteLine($"  {line}");
        }

        terminal.WriteLine($"  {GateWords.PolicyLine(report)}");
        foreach (var command in GateWords.Next(report).Take(GateWords.Shown))
        {
            terminal.WriteLine($"> {command}");
        }

        foreach (var remark in GateWords.Remarks(report))
        {
            terminal.WriteLine($"! {remark}");
        }
    }

    private static string Name(UnitVerdict judged) => GateWords.Plain(judged.Changed.Unit.Name);

    private static Color Colour(VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => Color.Green,
        VerdictKind.Fail => Color.Red,
        _ => Color.Olive,
    };
}
