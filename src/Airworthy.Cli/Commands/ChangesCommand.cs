using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy changes</c>: the changes on probation, and where each stands.</summary>
internal static class ChangesCommand
{
    public static Command Create(Terminal terminal) =>
        new("changes", "The changes on probation, and where each stands.")
        {
            List(terminal), Show(terminal), ChangesWait.Create(terminal), ChangesDecide.Create(terminal),
            ChangesAcknowledge.Create(terminal), ChangesAcknowledge.CreateSilence(terminal),
        };

    private static Command List(Terminal terminal)
    {
        var repository = new Option<string?>("--repo")
        {
            Description = "Of the repository in this folder (the current one when left out), without a server; or, where it is no folder, of this name on the server.",
            HelpName = "PATH|NAME",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var state = new Option<ChangeState?>("--state") { Description = "Only in this state: experimental, suspect, proven… The server's answer.", HelpName = "STATE" };
        var author = new Option<AuthorKind?>("--authorship") { Description = "Only written by: ai, human or unknown.", HelpName = "WHO" };
        var limit = new Option<int>("--limit") { Description = "At most so many.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var revision = new RevisionOption("Where to look from, without a server.");
        var since = new Option<DateTimeOffset?>("--since") { Description = "Only what landed then or later, without a server.", HelpName = "DATE", CustomParser = ReadDate };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var agent = new Option<string?>("--agent") { Description = "Only of this agent. The server's answer.", HelpName = "NAME" };
        var service = new Option<string?>("--service") { Description = "Only what runs in this service. The server's answer.", HelpName = "NAME" };
        var path = new Option<string?>("--path") { Description = "Only what changed a file whose path holds this. The server's answer.", HelpName = "TEXT" };
        var exposure = new Option<bool>("--by-exposure") { Description = "The most called first. The server's answer." };
        var command = new Command(
            "list",
            """
            List changes. Of a repository here: what landed, the latest first, with who wrote it. Of a server: those on probation, suspects first.

            Examples:
              airworthy changes list --repo
              airworthy changes list --repo ../shop --authorship ai --since 2026-01-01 --format json
              airworthy changes list --state suspect
            """) { repository, state, author, agent, service, path, exposure, limit, revision, since };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetValue(repository);
            if (parsed.GetResult(repository) is null || (name is not null && !Directory.Exists(terminal.Resolve(name))))
            {
                using var client = server.Open(parsed, terminal);
                var filter = new ChangeFilter(
                    name,
                    parsed.GetValue(state),
                    parsed.GetValue(author),
                    parsed.GetValue(limit),
                    parsed.GetValue(agent),
                    parsed.GetValue(service),
                    parsed.GetValue(path),
                    parsed.GetValue(exposure));
                var changes = new ChangeList(await client.ChangesAsync(filter, cancel));
                await format.WriteAsync(parsed, terminal, changes, Write, cancel);
                return ExitCode.Yes;
            }

            foreach (var option in new Option[] { state, agent, service, path, exposure })
            {
                if (parsed.GetResult(option) is { Implicit: false })
                {
                    throw new JourneyException(Fault.Usage, $"{option.Name} is known to a server only; leave it out, or name a repository of the server with --repo NAME");
                }
            }

            await using var git = await GitRepository.OpenAsync(terminal.Resolve(name ?? "."), cancel);
            var landed = await ChangesJourney.ListAsync(
                git, parsed.GetValue(revision)!, parsed.GetValue(author), parsed.GetValue(since), parsed.GetValue(limit), cancel);
            await format.WriteAsync(parsed, terminal, new { Changes = landed }, (console, _) => Write(console, landed), cancel);
            await ProvenanceWarnings.WriteAsync(terminal, git.IsShallow, []);
            return ExitCode.Yes;
        });
        return command;
    }

    private static DateTimeOffset? ReadDate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
        {
            return date;
        }

        result.AddError($"--since '{text}' is no date; give one such as 2026-01-31 or 2026-01-31T12:00:00Z");
        return null;
    }

    private static Command Show(Terminal terminal)
    {
        var id = new ChangeArgument();
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

    /// <summary>The change that an argument names: its id or one of its commits, of one repository where several have it.</summary>
    internal static async Task<ChangeDetail> FindAsync(ServerClient client, string asked, CancellationToken cancel)
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

    private static void Write(IAnsiConsole console, ImmutableArray<LandedChange> landed)
    {
        if (landed.IsEmpty)
        {
            console.WriteLine("No such change landed.");
            return;
        }

        var table = Tables.Plain("change", "landed", "commit", "request", "commits", "written by", "what");
        foreach (var change in landed)
        {
            Tables.Row(
                table,
                change.Id,
                Tables.At(change.LandedAt),
                change.Sha[..12],
                change.PullRequest is { } number ? string.Create(CultureInfo.InvariantCulture, $"#{number}") : "",
                change.Commits.Count.ToString(CultureInfo.InvariantCulture),
                Tables.Author(change.Authorship, change.Agents),
                change.Title);
        }

        console.Write(table);
    }

    private static void Write(IAnsiConsole console, ChangeList list)
    {
        if (list.Changes.Count == 0)
        {
            console.WriteLine("No such change is on probation.");
            return;
        }

        var table = Tables.Plain("state", "change", "landed", "commit", "written by", "calls", "what");
        foreach (var change in list.Changes)
        {
            table.AddRow(
                new Text(Words.Of(change.State), Tables.StyleOf(change.State)),
                new Text(Printable.Of($"{change.Repository}/{change.Id}")),
                new Text(Tables.At(change.LandedAt)),
                new Text(change.Sha[..12]),
                new Text(Printable.Of(Tables.Author(change.Authorship, change.Agents))),
                new Text(change.Calls == 0 ? "" : change.Calls.ToString("N0", CultureInfo.InvariantCulture)).RightJustified(),
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
        if (detail.FlagsOff.Count > 0)
        {
            console.WriteLine($"  ! flags that answer off because of it: {Printable.Of(string.Join(", ", detail.FlagsOff))}");
        }

        if (detail.SwitchedOff is { } off)
        {
            console.WriteLine($"  ! {Printable.Of(off)}{(detail.FlagsOff.Count > 0 ? "" : " No flag of the policy keeps it off, so it runs on.")}");
        }

        if (detail.Acknowledged is { } seen)
        {
            console.WriteLine($"  acknowledged by {Printable.Of(seen.By)} at {Tables.At(seen.At)}: {Printable.Of(seen.Reason)}");
        }

        foreach (var signal in detail.Signals)
        {
            console.WriteLine($"    {Printable.Of(signal.Kind)} in {Printable.Of(signal.Source)}: {Printable.Of(signal.Value)}");
        }

        console.WriteLine();
        ExposureText.Write(console, detail);
        if (detail.Standing is { } standing)
        {
            StandingText.Write(console, standing);
        }

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
}
