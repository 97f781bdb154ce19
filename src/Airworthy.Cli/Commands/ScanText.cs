using System.Globalization;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Provenance;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary>Writes a scan for people: who, from what, which agents, where, and what the figures do not cover.</summary>
internal static class ScanText
{
    private const int Listed = 4;

    public static void Write(Terminal terminal, ScanReport report)
    {
        if (!terminal.IsOutRedirected)
        {
            Write(terminal.Console, report);
            return;
        }

        // Tables pad their last column; piped lines end where their text does.
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(Terminal.PlainConsole(text), report);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
        {
            terminal.Console.Profile.Out.Writer.WriteLine(line.TrimEnd());
        }
    }

    private static void Write(IAnsiConsole console, ScanReport report)
    {
        console.MarkupLine(
            $"[bold]{Safe(report.Repository)}[/] · {Words.Count(report.Commits.Total, "commit")} · {Words.Count(report.Lines.Total, "living line")} at {report.Revision.Short}");
        if (report.IsShallow)
        {
            console.WriteLine();
            console.MarkupLine($"[yellow]![/] {Safe(AuthorshipText.Shallow)}");
        }

        console.WriteLine();
        console.Write(Who(report));
        console.WriteLine();
        console.Write(Details(report));
        WriteDisclosure(console, report);
        WriteNotes(console, report);
        if (report is { Heads: 0, Requests: 0 })
        {
            console.MarkupLine(Safe("  No heads of pull requests here. If it has any:  git fetch origin '+refs/pull/*/head:refs/pull/*/head'"));
        }
    }

    private static Table Who(ScanReport report)
    {
        var table = Plain();
        table.ShowHeaders = true;
        table.AddColumn(Column("who"));
        table.AddColumn(Column("commits").RightAligned());
        table.AddColumn(Column("lines").RightAligned());
        table.AddColumn(Column("share").RightAligned());
        table.AddColumn(Column("known from"));
        var isDeclared = report.KnownFrom.Any(source => source.Kind == "policy");
        var sources = string.Join(
            ", ", report.KnownFrom.Where(source => source.Kind != "policy").Select(source => $"{source.Kind} {Figures.Number(source.Count)}"));
        table.AddRow(Cells(
            "ai", report.Commits.Ai, report.Lines.Ai, report.Lines.Total, report.Commits.Ai > 0 ? sources : "no mark of an agent"));
        table.AddRow(Cells(
            "human", report.Commits.Human, report.Lines.Human, report.Lines.Total, Attestation(report.Lines.Human + report.Commits.Human > 0, isDeclared)));
        table.AddRow(Cells(
            "unknown",
            report.Commits.Unknown,
            report.Lines.Unknown,
            report.Lines.Total,
            report.Hinted == 0 ? "" : $"{Words.Count(report.Hinted, "commit")} with a hint too weak to count"));
        return table;
    }

    private static Table Details(ScanReport report)
    {
        var table = Plain();
        table.ShowHeaders = false;
        table.AddColumn(Column(""));
        table.AddColumn(new TableColumn(""));
        foreach (var (agent, index) in report.Agents.Take(Listed).Select((agent, index) => (agent, index)))
        {
            table.AddRow(index == 0 ? "  agents" : "", Safe(Agent(agent)));
        }

        if (report.Agents.Length > Listed)
        {
            table.AddRow("", Safe(string.Join("   ", report.Agents.Skip(Listed).Take(Listed).Select(agent => $"{agent.Name} {Figures.Number(agent.Commits)}"))
                + More(report.Agents.Length - (2 * Listed))));
        }

        if (report.Lines.Ai > 0)
        {
            var folders = report.Folders.Where(folder => folder.Lines.Ai > 0).ToList();
            var where = folders.Take(Listed).Select(folder =>
                $"{folder.Path.Display}{(folder.IsFolder ? "/" : "")} {Figures.Percent(folder.Lines.Ai, report.Lines.Ai)}");
            table.AddRow("  where", Safe(string.Join("   ", where) + More(folders.Count - Listed)));
        }

        table.AddRow("  covered", Safe(Coverage(report)));
        foreach (var (records, index) in report.Records.Select((records, index) => (records, index)))
        {
            table.AddRow(index == 0 ? "  records" : "", Safe(Records(records)));
        }

        if (report.Commits.Ai > 0)
        {
            table.AddRow("  by month", Safe(CoverageText.Trend(report.CommitCoverage)));
        }

        return table;
    }

    private static string Attestation(bool anyPerson, bool isDeclared) =>
        !anyPerson ? "no attestation" : isDeclared ? "declared in airworthy.yml, or attested in notes" : "attested in notes";

    private static string Coverage(ScanReport report)
    {
        var skipped = string.Join(", ", report.Skipped.Select(file => $"{Figures.Number(file.Files)} {file.Reason}"));
        return $"something is known of {Figures.Percent(report.Commits.Known, report.Commits.Total)} of commits and {Figures.Percent(report.Lines.Known, report.Lines.Total)} of lines"
            + (report.Lines.Known > 0 ? $" ({Figures.Percent(report.LinesKnownByLine, report.Lines.Known)} of these line by line)" : "")
            + (skipped.Length > 0 ? $"; not counted: {skipped} of {Words.Count(report.Files, "file")}" : "");
    }

    private static string Records(RecordCoverage records)
    {
        (long Count, string What)[] flaws =
        [
            (records.Unreadable, "unreadable"),
            (records.Unplaced, "tied to no commit"),
            (records.RejectedLines, $"of {Words.Count(records.Lines, "line")} rejected, not added by their commit"),
            (records.MissingRecords, records.MissingRecords == 1 ? "author without a record" : "authors without a record"),
            (records.OfOtherCommits, "made for another commit"),
        ];
        return string.Join(
            "; ",
            flaws.Where(flaw => flaw.Count > 0).Select(flaw => $"{Figures.Number(flaw.Count)} {flaw.What}")
                .Prepend($"{records.Source}: {Figures.Number(records.Read)} read of {Figures.Number(records.Records)}"));
    }

    private static void WriteDisclosure(IAnsiConsole console, ScanReport report)
    {
        if (CoverageText.Fall(report.Disclosure) is not { } fall)
        {
            return;
        }

        console.WriteLine();
        console.MarkupLine($"[yellow]![/] {Safe(fall)}");
        console.MarkupLine("  What no one marks is counted as unknown, not as human.");
    }

    private static void WriteNotes(IAnsiConsole console, ScanReport report)
    {
        if (!report.UnreadableNotes.IsEmpty)
        {
            console.WriteLine();
            var first = report.UnreadableNotes[0];
            console.MarkupLine(
                $"[yellow]![/] {Words.Count(report.UnreadableNotes.Length, "note")} can't be read and "
                + $"{(report.UnreadableNotes.Length == 1 ? "is" : "are")} left out; in {Safe(first.Source)}, of {first.Commit.Short}: {Safe(first.Problem)}");
        }

        if (report.Records.IsEmpty)
        {
            console.WriteLine();
            console.MarkupLine("  No notes or other records of agents here. If the team writes them:  git fetch origin '+refs/notes/*:refs/notes/*'");
        }
    }

    private static string Agent(ScanAgent agent)
    {
        var models = agent.Models.Where(model => model.Name is not null).ToList();
        var told = string.Join(", ", models.Take(3).Select(model => $"{model.Name} {Figures.Number(model.Commits)}")) + (models.Count > 3 ? ", …" : "");
        return $"{agent.Name} {Figures.Number(agent.Commits)}{(told.Length > 0 ? $" ({told})" : "")}";
    }

    private static string More(int count) => count > 0 ? $"   and {Figures.Number(count)} more" : "";

    private static string[] Cells(string who, long commits, long lines, long allLines, string from) =>
        [$"  {who}", Figures.Number(commits), Figures.Number(lines), Figures.Percent(lines, allLines), Safe(from)];

    private static Table Plain()
    {
        var table = new Table().NoBorder();
        table.Collapse();
        return table;
    }

    private static TableColumn Column(string title) => new TableColumn(title.Length == 0 ? "" : $"[grey]{(title == "who" ? "  who" : title)}[/]") { Padding = new Padding(0, 0, 3, 0) }.NoWrap();

    private static string Safe(string text) => Markup.Escape(new Model.RepoPath(text).Display);
}
