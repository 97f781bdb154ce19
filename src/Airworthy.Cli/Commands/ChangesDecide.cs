using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Probation;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy changes decide</c>: a person's word on a change.</summary>
internal static class ChangesDecide
{
    public static Command Create(Terminal terminal)
    {
        var id = new ChangeArgument();
        var state = new Option<ChangeState>("--state") { Description = "What it is taken for: experimental, proven, suspect or withdrawn.", HelpName = "STATE", Required = true };
        var by = new Option<string>("--by") { Description = "Who decides.", HelpName = "NAME", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var until = new Option<string?>("--until") { Description = "Until which day (UTC) it holds; 30 days when left out, a year at most.", HelpName = "YYYY-MM-DD" };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "decide",
            """
            Decide where a change stands, by name, with a reason and until a day. Then the evidence speaks again; until then only what production shows
            after the decision can make it suspect or proven.

            Examples:
              airworthy changes decide 0b718ecca62e --state experimental --by "Ada Lovelace" --reason "The outage was the network's" --until 2026-12-01
            """) { id, state, by, reason, until };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var request = new DecisionRequest(
                parsed.GetValue(state), parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason), Day(parsed.GetValue(until)));
            using var client = server.Open(parsed, terminal);
            var change = (await ChangesCommand.FindAsync(client, parsed.GetRequiredValue(id), cancel)).Change;
            await format.WriteAsync(parsed, terminal, await client.DecideAsync(change.Repository, change.Id, request, cancel), Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, Decision decision) => console.WriteLine(Printable.Of(string.Create(
        CultureInfo.InvariantCulture, $"{decision.Change}: {Words.Of(decision.State)} until {decision.Until:yyyy-MM-dd}, decided by {decision.By}")));

    private static DateTimeOffset? Day(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : throw new JourneyException(Fault.Usage, $"--until '{text}' is not a day; give it as 2026-01-31");
}
