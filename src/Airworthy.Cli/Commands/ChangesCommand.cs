using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy changes</c>: the changes on probation, and where each stands.</summary>
internal static class ChangesCommand
{
    public static Command Create(Terminal terminal) =>
        new("changes", "The changes on probation, and where each stands.") { List(terminal), Show(terminal) };

    private static Command List(Terminal terminal)
    {
        var repository = new Option<string?>("--repo") { Description = "Only of this repository, by its name.", HelpName = "NAME" };
        var state = new Option<ChangeState?>("--state") { Description = "Only in this state: experimental, suspect, proven…", HelpName = "STATE" };
        var author = new Option<AuthorKind?>("--authorship") { Description = "Only written by: ai, human or unknown.", HelpName = "WHO" };
        var limit = new Option<int>("--limit") { Description = "At most so many.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "list",
            """
            List changes, suspects first, then the newest.

            Examples:
              airworthy changes list --state suspect
              airworthy changes list --authorship ai --format json
            """) { repository, state, author, limit };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var filter = new ChangeFilter(parsed.GetValue(repository), parsed.GetValue(state), parsed.GetValue(author), parsed.GetValue(limit));
            var changes = new ChangeList(await client.ChangesAsync(filter, cancel));
            await format.WriteAsync(parsed, terminal, changes, Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var id = new Argument<string>("[REPO/]ID")
        {
            Description = "The change's id or one of its commits. The repository's name and '/' before it where several repositories have it.",
        };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "show",
            """
            Show one change: who wrote it, where it runs, what happened.

            Examples:
              airworthy changes show c1f2e3d4c5b6a
              airworthy changes show shop/c1f2e3d4c5b6a --format json
            """) { id };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var asked = parsed.GetRequiredValue(id);
            var change = await FindAsync(client, asked, cancel);
            await format.WriteAsync(parsed, terminal, change, Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static async Task<ChangeDetail> FindAsync(ServerClient client, string asked, CancellationToken cancel)
    {
        var slash = asked.LastIndexOf('/');
        var id = asked[(slash + 1)..];
        string[] repositories = slash > 0 ? [asked[..slash]] : [.. (await client.RepositoriesAsync(cancel)).Select(repository => repository.Name)];
        var found = new List<ChangeDetail>();
        foreach (var repository in repositories)
        {
            if (id.Length > 0 && await client.ChangeAsync(repository, id, cancel) is { } change)
            {
                found.Add(change);
            }
        }

        return found switch
        {
            [var only] => only,
            [] => throw new ServerUnreachableException(Fault.Usage, $"there is no change '{asked}'; see 'airworthy changes list'"),
            _ => throw new ServerUnreachableException(
                Fault.Usage, $"'{asked}' is a change of {string.Join(" and of ", found.Select(change => change.Change.Repository))}; put the repository before it, with '/' between"),
        };
    }

    private static void Write(IAnsiConsole console, ChangeList list)
    {
        if (list.Changes.Count == 0)
        {
            console.WriteLine("No such change is on probation.");
            return;
        }

        var table = Tables.Plain("state", "change", "landed", "commit", "written by", "what");
        foreach (var change in list.Changes)
        {
            table.AddRow(
                new Text(Words.Of(change.State), Tables.StyleOf(change.State)),
                new Text(Printable.Of($"{change.Repository}/{change.Id}")),
                new Text(Tables.At(change.LandedAt)),
                new Text(change.Sha[..12]),
                new Text(Printable.Of(Tables.Author(change.Authorship, change.Agents))),
                new Text(Printable.Of(change.Title)));
        }

        console.Write(table);
    }

    private static void Write(IAnsiConsole console, ChangeDetail detail)
    {
        var change = detail.Change;
        console.WriteLine(Printable.Of(change.Title));
        console.WriteLine($"  {Words.Of(change.State)} since {Tables.At(change.Since)} · landed {Tables.At(change.LandedAt)} as {change.Sha[..12]}");
        console.WriteLine($"  written by {Printable.Of(Tables.Author(change.Authorship, change.Agents))}");
        foreach (var signal in detail.Signals)
        {
            console.WriteLine($"    {Printable.Of(signal.Kind)} in {Printable.Of(signal.Source)}: {Printable.Of(signal.Value)}");
        }

        console.WriteLine();
        WriteRuns(console, detail);
        console.WriteLine();
        foreach (var step in detail.Transitions)
        {
            console.WriteLine($"  {Tables.At(step.At)}  {Words.Of(step.To),-12}  {Printable.Of(step.Reason)}");
        }

        foreach (var incident in detail.Incidents)
        {
            console.WriteLine($"  incident {incident.Id}  {Printable.Of(incident.Title)}");
        }
    }

    private static void WriteRuns(IAnsiConsole console, ChangeDetail detail)
    {
        if (detail.Runs.Count > 0)
        {
            var table = Tables.Plain("unit", "calls", "bad", "instances");
            foreach (var run in detail.Runs)
            {
                Tables.Row(
                    table,
                    run.Unit,
                    run.Calls.ToString("N0", CultureInfo.InvariantCulture),
                    run.Bad.ToString("N0", CultureInfo.InvariantCulture),
                    run.Instances.ToString("N0", CultureInfo.InvariantCulture));
            }

            console.Write(table);
        }

        if (detail.RunsNote is { } note)
        {
            console.WriteLine($"  {Printable.Of(note)}");
        }
    }
}
