using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Model;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy lessons edit|accept|retire</c>: a named person's word on a lesson.</summary>
internal static class LessonsChange
{
    public static Command Edit(Terminal terminal)
    {
        var rule = new Option<string?>("--rule") { Description = "What agents are to do, in your own words.", HelpName = "TEXT" };
        var guard = new Option<string?>("--guard") { Description = "The test, gate rule, analyzer or alert that catches it.", HelpName = "TEXT" };
        var kind = new Option<GuardKind?>("--guard-kind") { Description = "Which of these it is: regressiontest, gaterule, analyzer, alert.", HelpName = "KIND" };
        var scope = new Option<string[]>("--scope") { Description = "Globs of the paths it speaks of.", HelpName = "GLOB", AllowMultipleArgumentsPerToken = true };
        var owner = new Option<string?>("--owner") { Description = "Who answers for it.", HelpName = "NAME" };
        return Create(
            terminal,
            "edit",
            """
            Put a lesson into your own words. What production said is refused: an attacker may have written it.

            Examples:
              airworthy lessons edit lesson-1b0c4d --by "Ada Lovelace" --rule "Parse stored amounts with the invariant culture." --scope 'src/Shop/**'
            """,
            [rule, guard, kind, scope, owner],
            parsed => new LessonEdit(
                "",
                State: null,
                parsed.GetValue(rule),
                parsed.GetValue(guard),
                parsed.GetValue(kind),
                parsed.GetValue(scope) is { Length: > 0 } globs ? globs : null,
                parsed.GetValue(owner)));
    }

    public static Command Accept(Terminal terminal)
    {
        var owner = new Option<string?>("--owner") { Description = "Who answers for it. Default: who accepts it.", HelpName = "NAME" };
        return Create(
            terminal,
            "accept",
            """
            Accept a lesson, by name: from now on 'lessons apply' and the agents' questions tell it.

            Examples:
              airworthy lessons accept lesson-1b0c4d --by "Ada Lovelace" --until 2027-01-31
            """,
            [owner],
            parsed => new LessonEdit("", LessonState.Accepted, Owner: parsed.GetValue(owner)));
    }

    public static Command Retire(Terminal terminal)
    {
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        return Create(
            terminal,
            "retire",
            """
            End a lesson, by name and with a reason; 'lessons apply' takes it out.

            Examples:
              airworthy lessons retire lesson-1b0c4d --by "Ada Lovelace" --reason "CA1305 is an error now"
            """,
            [reason],
            parsed => new LessonEdit("", LessonState.Retired, Reason: parsed.GetRequiredValue(reason)));
    }

    /// <summary>The lesson that an id, or the beginning of one, names.</summary>
    /// <exception cref="ServerUnreachableException">It names none, or several.</exception>
    public static async Task<LessonSummary> FindAsync(ServerClient client, string id, CancellationToken cancel)
    {
        var all = await client.LessonsAsync(repository: null, cancel);
        var named = all.Where(lesson => id.Length > 0 && lesson.Id.StartsWith(id, StringComparison.Ordinal)).ToList();
        return named.Find(lesson => lesson.Id == id) ?? named.Count switch
        {
            1 => named[0],
            0 => throw new ServerUnreachableException(Fault.Usage, $"there is no lesson '{id}'; see 'airworthy lessons list'"),
            _ => throw new ServerUnreachableException(Fault.Usage, $"'{id}' begins the ids of {named.Count} lessons; give more of it"),
        };
    }

    private static Command Create(Terminal terminal, string name, string description, Option[] options, Func<ParseResult, LessonEdit> read)
    {
        var id = new Argument<string>("LESSON") { Description = "The lesson, as 'lessons list' names it; its first letters are enough." };
        var by = new Option<string>("--by") { Description = "Who says so.", HelpName = "NAME", Required = true };
        var until = new Option<string?>("--until") { Description = "The day (UTC) on which it ends.", HelpName = "YYYY-MM-DD" };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(name, description) { id, by };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        if (name != "retire")
        {
            command.Options.Add(until);
        }

        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var edit = read(parsed) with { By = parsed.GetRequiredValue(by), Until = name == "retire" ? null : Day(parsed.GetValue(until)) };
            using var client = server.Open(parsed, terminal);
            var lesson = await FindAsync(client, parsed.GetRequiredValue(id), cancel);
            await format.WriteAsync(parsed, terminal, await client.ChangeLessonAsync(lesson.Id, edit, cancel), LessonText.Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static DateTimeOffset? Day(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : throw new JourneyException(Fault.Usage, $"--until '{text}' is not a day; give it as 2026-01-31");
}
