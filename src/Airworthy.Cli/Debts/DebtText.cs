using Airworthy.Cli.Commands;
using Airworthy.Journeys.Debts;

namespace Airworthy.Cli.Debts;

/// <summary>Agent debt for people in a terminal.</summary>
internal static class DebtText
{
    public static void Write(DebtReport report, Terminal terminal)
    {
        terminal.WriteLine(DebtWords.Headline(report));
        foreach (var table in DebtWords.Tables(report))
        {
            terminal.WriteLine("");
            var columns = new TextColumns();
            columns.Add([table.Title, .. table.Headings]);
            foreach (var row in table.Rows)
            {
                columns.Add([.. row]);
            }

            foreach (var line in columns.Lines())
            {
                terminal.WriteLine(line);
            }
        }

        terminal.WriteLine("");
        foreach (var line in DebtWords.Coverage(report).Append(DebtWords.Definition))
        {
            terminal.WriteLine($"  {line}");
        }
    }
}
