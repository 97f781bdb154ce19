using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy lessons</c>: what incidents taught, and how it reaches the agents.</summary>
internal static class LessonsCommand
{
    public static Command Create(Terminal terminal) =>
        new("lessons", "What incidents taught, and how it reaches the agents.") { List(terminal), Apply(terminal) };

    private static Command List(Terminal terminal)
    {
        var repository = Repository();
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "list",
            """
            List lessons, newest first.

            Examples:
              airworthy lessons list
              airworthy lessons list --repository shop --format json
            """) { repository };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var lessons = new LessonList(await client.LessonsAsync(parsed.GetValue(repository), cancel));
            await format.WriteAsync(parsed, terminal, lessons, Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command Apply(Terminal terminal)
    {
        var folder = new RepositoryArgument();
        var repository = Repository();
        var file = new Option<string>("--file")
        {
            Description = "The instruction file, from the repository's top.",
            HelpName = "FILE",
            DefaultValueFactory = _ => "AGENTS.md",
        };
        var server = new ServerOption();
        var command = new Command(
            "apply",
            """
            Write a repository's lessons into the block that Airworthy keeps in its agents' instruction file.

            Examples:
              airworthy lessons apply
              airworthy lessons apply ../shop --file CLAUDE.md
            """) { folder, repository, file };
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await folder.OpenAsync(parsed, terminal, cancel);
            using var client = server.Open(parsed, terminal);
            var name = parsed.GetRequiredValue(file);
            var applied = await LessonsJourney.ApplyAsync(client, git, parsed.GetValue(repository), name, TimeProvider.System, cancel);
            terminal.WriteLine(Told(applied, Printable.Of(name)));
            return ExitCode.Yes;
        });
        return command;
    }

    private static Option<string?> Repository() =>
        new("--repository") { Description = "The repository, as the server names it.", HelpName = "NAME" };

    private static string Told(LessonsApplied applied, string file)
    {
        var rules = Words.Count(applied.Rules, "rule");
        var more = applied.LeftOut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {applied.LeftOut} more are in force");
        return applied.Written ? $"{file} holds {rules} of {Printable.Of(applied.Repository)} now{more}" : $"{file} holds {rules} already{more}";
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
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{lesson.Id}  {lesson.FailureClass}  {Printable.Of(string.Join(", ", lesson.Scope))}  incident {lesson.Incident}, {(lesson.Recurrences == 0 ? "not seen again" : "came back " + Words.Count(lesson.Recurrences, "time"))}"));
            console.WriteLine($"  {Printable.Of(lesson.Rule)}");
            if (lesson.Guard is { } guard)
            {
                console.WriteLine($"  guard: {Printable.Of(guard)}");
            }
        }
    }
}
