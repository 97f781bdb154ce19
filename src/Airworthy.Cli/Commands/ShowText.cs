using System.Collections.Immutable;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Cli.Commands;

/// <summary>Writes what is known of a commit for people: a label, and what there is to say of it.</summary>
internal static class ShowText
{
    private const int Listed = 8;
    private const int LabelWidth = 13;

    public static void Write(Terminal terminal, ShowReport report)
    {
        var (commit, authorship) = (report.Commit, report.Authorship);
        terminal.WriteLine($"{commit.Id.Short}  {Safe(commit.Subject)}");
        Write(terminal, "committed", [$"{Figures.Day(commit.CommittedAt)} by {Safe(commit.Committer.Name)}"
            + (commit.Author == commit.Committer ? "" : $", author {Safe(commit.Author.Name)}")]);
        var agents = AuthorshipText.Agents(authorship);
        Write(terminal, "written by", [ProvenanceJson.Word(authorship.Kind) + (agents.Length > 0 ? $" · {Safe(agents)}" : "")]);
        Write(terminal, "sessions", authorship.Agents.Where(agent => agent.Session is not null).Select(agent => $"{Safe(agent.Name)} {Safe(agent.Session!)}"));
        Write(terminal, "signals", Signals(authorship));
        Write(terminal, "conflicts", authorship.Conflicts.Select(Signal));
        Write(terminal, "prompts", Prompts(report.Prompts));
        if (report.Change is not { } change || report.Lines is not { } lines)
        {
            Write(terminal, "history", [$"not in that of {report.Revision.Short}; name a revision that has it by --rev"]);
            return;
        }

        Write(terminal, "change", [Change(change, commit.Subject)]);
        Write(terminal, "lines", [Fate(lines, report.Revision)]);
        Write(terminal, "living in", Cut(lines.Files.Select(file => $"{Safe(file.Path.Value)}  {Figures.Number(file.Lines)}")));
        Write(terminal, "taken by", Cut(lines.TakenBy.Select(Successor)));
        Write(terminal, "took away", lines.TookAway.Total == 0 ? [] : [$"{Words.Count(lines.TookAway.Total, "line")}: {ByKind(lines.TookAway)}"]);
    }

    private static IEnumerable<string> Signals(Authorship authorship) => authorship.Signals.IsEmpty
        ? ["none: nothing in the commit or beside it tells who wrote it"]
        : authorship.Signals.Select(Signal);

    private static string Signal(Signal signal) =>
        $"{ProvenanceJson.Word(signal.Strength),-6}  {signal.Kind,-12}  {Safe(signal.Value)}  [{Safe(signal.Source)}]";

    private static IEnumerable<string> Prompts(ImmutableArray<Prompt>? prompts) => prompts switch
    {
        null => [],
        { IsEmpty: true } => ["none stored"],
        { } stored => stored.SelectMany(prompt => prompt.Text.Split('\n').Select(Safe)
            .Prepend($"{(prompt.Agent is { } agent ? Safe(agent.Name) : "an agent")} was asked{(prompt.At is { } at ? $" {Figures.Day(at)}" : "")}  [{Safe(prompt.Source)}]")),
    };

    private static string Change(Change change, string subject)
    {
        var number = change.PullRequest is { } pullRequest ? $" #{pullRequest}" : "";
        var title = change.Title == subject ? "" : $"  {Safe(change.Title)}";
        return $"{change.Id.Value}{number}{title}  landed {Figures.Day(change.LandedAt)} by {change.Landed.Short} with {Words.Count(change.Commits.Length, "commit")}";
    }

    private static string Fate(ShowLines lines, CommitId revision)
    {
        if (lines.Written.Total == 0)
        {
            return "none written";
        }

        var moved = lines.Moved > 0 ? $" ({Figures.Number(lines.Moved)} of them moved)" : "";
        return $"{Figures.Number(lines.Written.Total)} written ({ByKind(lines.Written)}) · {Figures.Number(lines.Living)} live at {revision.Short}{moved} · "
            + $"{Figures.Number(lines.Replaced)} replaced · {Figures.Number(lines.Deleted)} deleted";
    }

    private static string Successor(ShowSuccessor successor)
    {
        var agents = AuthorshipText.Agents(successor.Authorship);
        return $"{successor.Commit.Short}  {ProvenanceJson.Word(successor.Authorship.Kind),-7}  "
            + $"{Figures.Number(successor.Replaced)} replaced, {Figures.Number(successor.Deleted)} deleted  "
            + $"{Safe(successor.Subject)}{(agents.Length > 0 ? $"  [{Safe(agents)}]" : "")}";
    }

    private static string ByKind(ScanTally tally) => string.Join(
        ", ",
        new[] { (tally.Ai, "ai"), (tally.Human, "human"), (tally.Unknown, "unknown") }
            .Where(part => part.Item1 > 0)
            .Select(part => $"{Figures.Number(part.Item1)} {part.Item2}"));

    private static IEnumerable<string> Cut(IEnumerable<string> items)
    {
        var all = items.ToList();
        return all.Count <= Listed ? all : all.Take(Listed).Append($"and {all.Count - Listed} more");
    }

    private static void Write(Terminal terminal, string label, IEnumerable<string> items)
    {
        foreach (var (i, item) in items.Index())
        {
            terminal.WriteLine($"  {(i == 0 ? label : "").PadRight(LabelWidth)}{item}");
        }
    }

    private static string Safe(string text) => new RepoPath(text).Display;
}
