using System.CommandLine;
using Airworthy.Cli.Servers;
using Airworthy.Model;
using Airworthy.Provenance.Carrying;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy note</c>: records who wrote lines.</summary>
internal static class NoteCommand
{
    private const string Description = """
        Record who wrote lines of a commit, in a git-ai note. What its note says already is kept.

        Examples:
          airworthy note add --agent claude --model claude-opus-4-8 --session 4f1c2d
          airworthy note add --commit HEAD~1 --agent codex --lines src/Cart.cs:10-42,57 --lines src/Price.cs
          airworthy note add --commit v1.2 --human "Ada Lovelace <ada@example.org>" --lines src/Tax.cs
        """;

    public static Command Create(Terminal terminal) => new("note", "Record who wrote lines, for teams without git-ai.") { Add(terminal) };

    private static Command Add(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var commit = new Option<string>("--commit") { Description = "The commit that added the lines.", HelpName = "REV", DefaultValueFactory = _ => "HEAD" };
        var agent = new Option<string?>("--agent") { Description = "The agent that wrote them, e.g. claude, codex, cursor.", HelpName = "NAME" };
        var model = new Option<string?>("--model") { Description = "Its model.", HelpName = "NAME" };
        var session = new Option<string?>("--session") { Description = "The agent's own id of the conversation. Default: a new one.", HelpName = "ID" };
        var human = new Option<string?>("--human")
        {
            Description = "The person that wrote them; beside --agent the one it worked for.",
            HelpName = "\"NAME <ADDRESS>\"",
        };
        var lines = new Option<string[]>("--lines")
        {
            Description = "A file, from the repository's top, and which of the lines added to it. Default: all lines that nobody is recorded for.",
            HelpName = "PATH[:1-20,30]",
            DefaultValueFactory = _ => [],
        };
        var format = new AnswerFormat();
        var command = new Command("add", Description) { repository, commit, agent, model, session, human, lines };
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var author = Author(parsed.GetValue(agent), parsed.GetValue(model), parsed.GetValue(session), parsed.GetValue(human));
            var claims = parsed.GetValue(lines)!.Select(LineClaim.Parse).ToList();
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var annotated = await git.CommitAsync(await git.ResolveAsync(parsed.GetValue(commit)!, cancel), cancel);
            var addition = await NoteAddition.WriteAsync(git, annotated, author, claims, TimeProvider.System, cancel);
            await format.WriteAsync(
                parsed, terminal, new { Sha = addition.Commit.Hex, addition.Key, addition.Files, addition.Lines }, (console, _) => Write(console, addition), cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static NoteAuthor Author(string? agent, string? model, string? session, string? human) => (agent, human) switch
    {
        ({ } name, _) => NoteAuthor.Agent(name, model, session, human),
        (null, { } person) when model is null && session is null => NoteAuthor.Human(person),
        _ => throw new CarryException(Fault.Usage, "nobody is named who wrote the lines; give --agent NAME (with --model and --session), or --human \"Name <address>\""),
    };

    private static void Write(IAnsiConsole console, NoteAddition addition) => console.WriteLine(
        addition.Lines == 0
            ? $"{addition.Commit.Short}: every line it added is recorded already"
            : $"{addition.Commit.Short}: recorded {Words.Count(addition.Lines, "line")} in {Words.Count(addition.Files, "file")} as {addition.Key}");
}
