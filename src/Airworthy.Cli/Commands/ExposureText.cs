using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary>Tells people where a change runs.</summary>
internal static class ExposureText
{
    private const int MostShown = 20;

    public static void Write(IAnsiConsole console, ChangeDetail detail)
    {
        if (detail.Exposure is { Units.Count: > 0 } exposure)
        {
            Write(console, exposure);
        }

        if (detail.RunsNote is { } note)
        {
            console.WriteLine($"  {Printable.Of(note)}");
        }

        foreach (var run in detail.Runs.Where(run => run.NeverRan.Count > 0))
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {Printable.Of(run.Unit)}: {run.Ran:N0} of {run.Statements:N0} statements ran at {run.Revision?[..12]}, never {Words.Lines(run.NeverRan)}"));
        }
    }

    private static void Write(IAnsiConsole console, ChangeExposure exposure)
    {
        var revisions = exposure.Revisions.Count == 0 ? "" : $" in {Words.Count(exposure.Revisions.Count, "revision")}, {string.Join(' ', exposure.Revisions.Take(4).Select(revision => revision.Sha[..12]))}";
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {exposure.UnitsRan} of {Words.Count(exposure.Units.Count, "unit")} ran: {Words.Count(exposure.Calls, "call")}, {exposure.Bad:N0} bad{revisions}"));
        var table = Tables.Plain("unit", "by", "where", "since", "calls", "bad", "instances");
        foreach (var unit in exposure.Units.Take(MostShown))
        {
            Tables.Row(
                table,
                unit.Unit + (unit.Critical.Count > 0 ? $" (critical: {string.Join(", ", unit.Critical)})" : ""),
                Words.Of(unit.Authorship),
                unit.Calls > 0 ? string.Join(", ", unit.Where) : unit.Counted is null ? "never seen, nothing counts it" : "never ran",
                unit.FirstRan is { } since ? Tables.At(since) : "",
                unit.Calls.ToString("N0", CultureInfo.InvariantCulture),
                unit.Bad.ToString("N0", CultureInfo.InvariantCulture),
                unit.Instances == 0 ? "not told" : unit.Instances.ToString("N0", CultureInfo.InvariantCulture));
        }

        console.Write(table);
        if (exposure.Units.Count > MostShown)
        {
            console.WriteLine($"  and {exposure.Units.Count - MostShown} more units: --format json has them all");
        }

        foreach (var unit in exposure.Units.Take(MostShown))
        {
            foreach (var operation in unit.ReachedBy)
            {
                console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {Printable.Of(unit.Unit)} is reached by {Printable.Of(operation.Operation)} in {Printable.Of(operation.Service)}, called {operation.Calls:N0} times: {operation.Through} of {Words.Count(operation.Traces, "trace")} of its failures went through it"));
            }
        }

        foreach (var blind in exposure.Blind)
        {
            console.WriteLine($"  unseen: {Printable.Of(blind)}");
        }
    }
}
