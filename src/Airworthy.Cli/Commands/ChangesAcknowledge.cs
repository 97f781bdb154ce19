using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy changes acknowledge</c> and <c>silence</c>: what people say about alerts.</summary>
internal static class ChangesAcknowledge
{
    private static readonly TimeSpan s_usual = TimeSpan.FromDays(1);

    public static Command Create(Terminal terminal)
    {
        var id = new ChangeArgument();
        var (by, reason, server, format) = Options();
        var command = new Command(
            "acknowledge",
            """
            Say that you have seen that a change is suspect: nobody is reminded of it any more.

            Examples:
              airworthy changes acknowledge 0b718ecca62e --by "Ada Lovelace" --reason "Rolling back now"
            """) { id, by, reason };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var change = (await ChangesCommand.FindAsync(client, parsed.GetRequiredValue(id), cancel)).Change;
            var request = new AcknowledgementRequest(parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason));
            await format.WriteAsync(
                parsed,
                terminal,
                await client.AcknowledgeAsync(change.Repository, change.Id, request, cancel),
                (console, done) => console.WriteLine(Printable.Of($"{done.Repository}/{done.Change} acknowledged by {done.By}")),
                cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    public static Command CreateSilence(Terminal terminal)
    {
        var subject = new Argument<string>("subject") { Description = "A change as REPOSITORY/ID, a repository, or a service." };
        var until = new Option<string?>("--until") { Description = "Until when (UTC); a day from now when left out, 30 days at most.", HelpName = "TIME" };
        var (by, reason, server, format) = Options();
        var command = new Command(
            "silence",
            """
            Have nobody told of a change, a repository or a service until a time. What happens is stored all the same.

            Examples:
              airworthy changes silence shop --by "Ada Lovelace" --reason "Maintenance" --until 2026-12-01T06:00
            """) { subject, by, reason, until };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var request = new SilenceRequest(
                parsed.GetRequiredValue(subject), parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason), Time(parsed.GetValue(until)));
            await format.WriteAsync(
                parsed,
                terminal,
                await client.SilenceAsync(request, cancel),
                (console, done) => console.WriteLine(Printable.Of($"{done.Subject} silenced until {Tables.At(done.Until)} by {done.By}")),
                cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static (Option<string> By, Option<string> Reason, ServerOption Server, AnswerFormat Format) Options() => (
        new Option<string>("--by") { Description = "Who says so.", HelpName = "NAME", Required = true },
        new Option<string>("--reason") { Description = "Why, or what is done about it.", HelpName = "TEXT", Required = true },
        new ServerOption(),
        new AnswerFormat());

    private static DateTimeOffset Time(string? text) => text is null ? TimeProvider.System.GetUtcNow() + s_usual
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
        : throw new JourneyException(Fault.Usage, $"--until '{text}' is no time; give it as 2026-12-01 or 2026-12-01T06:00");
}
