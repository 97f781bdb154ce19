using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy lessons</c>: what incidents taught, who took it on, and how it reaches the agents.</summary>
internal static class LessonsCommand
{
    public static Command Create(Terminal terminal) =>
        new("lessons", "What incidents taught, who took it on, and how it reaches the agents.")
        {
            List(terminal), Show(terminal), LessonsChange.Edit(terminal), LessonsChange.Accept(terminal), LessonsChange.Retire(terminal), Apply(terminal), LessonsTest.Create(terminal),
        };

    private static Command List(Terminal terminal)
    {
        var repository = Repository();
        var state = new Option<LessonState?>("--state") { Description = "Only draft, accepted or retired ones.", HelpName = "STATE" };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "list",
            """
            List lessons, newest first.

            Examples:
              airworthy lessons list --state draft                 # what waits for a person
              airworthy lessons list --repository shop --format json
            """) { repository, state };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var asked = parsed.GetValue(state);
            var lessons = await client.LessonsAsync(parsed.GetValue(repository), cancel);
            await format.WriteAsync(parsed, terminal, new LessonList([.. lessons.Where(lesson => asked is null || lesson.State == asked)]), Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var id = new Argument<string>("LESSON") { Description = "The lesson, as 'lessons list' names it; its first letters are enough." };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "show",
            """
            Show one lesson: its rule and guard, who answers for it, and whether what it warns of came back.

            Examples:
              airworthy lessons show lesson-1b0c4d
            """) { id };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var lesson = await LessonsChange.FindAsync(client, parsed.GetRequiredValue(id), cancel);
            await format.WriteAsync(parsed, terminal, lesson, LessonText.Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command Apply(Terminal terminal)
    {
        var folder = new RepositoryArgument();
        var repository = Repository();
        var file = new Option<string?>("--file") { Description = "One instruction file, from the repository's top, instead of those its agents read.", HelpName = "FILE" };
        var formats = new Option<string[]>("--for")
        {
            Description = "The agents to write for: agents (AGENTS.md), claude, copilot, cursor. Default: those the working tree shows.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        var server = new ServerOption();
        var command = new Command(
            "apply",
            """
            Write a repository's accepted lessons where its agents read them: into a block of AGENTS.md, CLAUDE.md or .github/copilot-instructions.md, or
            into a file of its own in .claude/rules, .github/instructions or .cursor/rules.

            Exit code: 65 when a file was left as it is, which is told.

            Examples:
              airworthy lessons apply
              airworthy lessons apply ../shop --for agents cursor
              airworthy lessons apply --file docs/AGENTS.md
            """) { folder, repository, file, formats };
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await folder.OpenAsync(parsed, terminal, cancel);
            using var client = server.Open(parsed, terminal);
            var applied = await LessonsJourney.ApplyAsync(
                client, git, parsed.GetValue(repository), parsed.GetValue(file), parsed.GetValue(formats) ?? [], TimeProvider.System, cancel);
            return await TellAsync(applied, terminal);
        });
        return command;
    }

    private static Option<string?> Repository() =>
        new("--repository") { Description = "The repository, as the server names it.", HelpName = "NAME" };

    private static async Task<int> TellAsync(LessonsApplied applied, Terminal terminal)
    {
        foreach (var file in applied.Files.Where(file => file.Problem is null))
        {
            var (name, rules) = (Printable.Of(file.File), Words.Count(file.Rules, "rule"));
            terminal.WriteLine(
                file is { Written: true, Rules: 0 } ? $"{name} holds no rule any more"
                : file.Written ? $"{name} holds {rules} of {Printable.Of(applied.Repository)} now"
                : $"{name} holds {rules} already");
        }

        if (applied.Files.IsEmpty)
        {
            terminal.WriteLine($"no lesson of {Printable.Of(applied.Repository)} is in force");
        }

        if (applied.LeftOut > 0)
        {
            terminal.WriteLine($"{applied.LeftOut.ToString("N0", CultureInfo.InvariantCulture)} more are in force: 'airworthy lessons list'");
        }

        if (applied.Drafts > 0)
        {
            terminal.WriteLine($"{Words.Count(applied.Drafts, "draft")} {(applied.Drafts == 1 ? "waits" : "wait")} for a person: 'airworthy lessons list --state draft'");
        }

        foreach (var file in applied.Files.Where(file => file.Problem is not null))
        {
            await terminal.Error.WriteLineAsync($"airworthy: {Printable.Of(file.Problem!)}");
        }

        return applied.Files.Any(file => file.Problem is not null) ? (int)Fault.BadInput : ExitCode.Yes;
    }

    private static void Write(IAnsiConsole console, LessonList list)
    {
        if (list.Lessons.Count == 0)
        {
            console.WriteLine("No incident has taught anything yet.");
            return;
        }

        foreach (var lesson in list.Lessons)
        {
            console.WriteLine(LessonText.Head(lesson));
            console.WriteLine($"  {Printable.Of(lesson.Rule)}");
            if (lesson.Guard is { } guard)
            {
                console.WriteLine($"  guard: {Printable.Of(guard)}");
            }
        }
    }
}
