using Airworthy.Journeys;
using Airworthy.Model;
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
        var worst = GateItem.Of(report);
        var shown = worst.Take(GateWords.Shown).ToArray();
        var name = Math.Min(48, shown.Select(item => item.Name.Length).DefaultIfEmpty().Max());
        var place = Math.Min(60, shown.Select(item => item.Where.Length).DefaultIfEmpty().Max());
        for (var i = 0; i < shown.Length; i++)
        {
            terminal.WriteLine($"  {i + 1}  {shown[i].Name.PadRight(name)}   {shown[i].Where.PadRight(place)}   {shown[i].Who}");
            foreach (var problem in shown[i].Says)
            {
                terminal.WriteLine($"       {problem}");
            }
        }

        if (worst.Count > shown.Length)
        {
            terminal.WriteLine($"     and {worst.Count - shown.Length:N0} more; '--format json' lists all");
        }

        if (shown.Length > 0)
        {
            terminal.WriteLine("");
        }

        terminal.WriteLine($"  {GateWords.Lines(report)}");
        foreach (var line in GateWords.Facts(report))
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

    private static Color Colour(VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => Color.Green,
        VerdictKind.Fail => Color.Red,
        _ => Color.Olive,
    };
}
