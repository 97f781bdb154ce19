using System.CommandLine;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy lessons</c>: what incidents taught, and how it reaches the agents.</summary>
internal static class LessonsCommand
{
    public static Command Create(Terminal terminal) =>
        new("lessons", "What incidents taught, and how it reaches the agents.") { List(terminal), Apply(terminal) };

    private static Command List(Terminal terminal)
    {
        var name = new Option<string?>("--repository") { Description = "Only of this repository, by its name on the server.", HelpName = "NAME" };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command("list", "List lessons, newest first.") { name };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var lessons = new LessonList(await client.LessonsAsync(parsed.GetValue(name), cancel));
            await format.WriteAsync(parsed, terminal, lessons, (_, list) => Write(terminal, list), cancel);
            return ExitCode.Yes;
        });
        return command.WithExamples("airworthy lessons list", "airworthy lessons list --repository shop --format json");
    }

    private static Command Apply(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var name = new Option<string?>("--repository") { Description = "The repository's name on the server. Default: the folder's name.", HelpName = "NAME" };
        var file = new Option<string>("--file") { Description = "The instruction file.", HelpName = "FILE", DefaultValueFactory = _ => "AGENTS.md" };
        var server = new ServerOption();
        var command = new Command("apply", "Write the lessons in force into the agents' instruction file, every byte of your own kept.") { repository, name, file };
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            using var client = server.Open(parsed, terminal);
            var path = parsed.GetValue(file)!;
            var applied = await LessonsJourney.ApplyAsync(client, git, parsed.GetValue(name), path, TimeProvider.System, cancel);
            var rules = applied.Rules == 1 ? "1 lesson" : $"{applied.Rules} lessons";
            terminal.WriteLine(applied switch
            {
                { Written: true } => $"{path}: {rules} of {Printable.Of(applied.Repository)} written",
                { Rules: 0 } => $"{path}: no lesson of {Printable.Of(applied.Repository)} is in force; nothing to write",
                _ => $"{path}: holds the {rules} of {Printable.Of(applied.Repository)} already",
            });
            if (applied.LeftOut > 0)
            {
                terminal.WriteLine($"  {applied.LeftOut} more are in force; 'airworthy lessons list' shows them");
            }

            return ExitCode.Yes;
        });
        return command.WithExamples("airworthy lessons apply", "airworthy lessons apply ../shop --file CLAUDE.md --server https://airworthy.example --token-file token");
    }

    private static void Write(Terminal terminal, LessonList list)
    {
        if (list.Lessons.Count == 0)
        {
            terminal.WriteLine("No incident has taught a lesson yet.");
            return;
        }

        foreach (var lesson in list.Lessons)
        {
            terminal.WriteLine(Printable.Of(lesson.Rule));
            terminal.WriteLine(FormattableString.Invariant(
                $"  {Printable.Of(lesson.FailureClass)} · {Printable.Of(string.Join(", ", lesson.Scope))} · incident {Printable.Of(lesson.Incident)} · until {lesson.Expires:yyyy-MM-dd} · recurred {lesson.Recurrences}"));
        }
    }
}
