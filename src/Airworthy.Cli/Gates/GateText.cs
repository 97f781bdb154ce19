using Airworthy.Journeys;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Gates;

/// <summary>The gate's answer for a person at a terminal: the verdict, the worst three, then what else there is.</summary>
internal static class GateText
{
    // What a name, its place and its authors may take beside each other; else they have lines of their own.
    private const int Wide = 110;

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
        var name = shown.Select(item => item.Name.Length).DefaultIfEmpty().Max();
        var place = shown.Select(item => item.Where.Length).DefaultIfEmpty().Max();
        var isTable = shown.All(item => name + place + item.Who.Length <= Wide);
        for (var i = 0; i < shown.Length; i++)
        {
            var item = shown[i];
            terminal.WriteLine(isTable ? $"  {i + 1}  {item.Name.PadRight(name)}   {item.Where.PadRight(place)}   {item.Who}" : $"  {i + 1}  {item.Name}");
            if (!isTable)
            {
                terminal.WriteLine($"     {item.Where}   {item.Who}");
            }

            foreach (var problem in item.Says)
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
