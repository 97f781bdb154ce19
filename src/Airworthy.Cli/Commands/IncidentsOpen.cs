using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Intake;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy incidents open</c>: tell a server of something broken.</summary>
internal static class IncidentsOpen
{
    public static Command Create(Terminal terminal)
    {
        var stack = new Option<string?>("--stack") { Description = "A file with the stack trace; - for standard input.", HelpName = "FILE" };
        var symptom = new Option<string?>("--symptom") { Description = "What is wrong, in a sentence; where there is no trace.", HelpName = "TEXT" };
        var service = new Option<string>("--service") { Description = "Which service, by the name it sends as service.name.", HelpName = "NAME", Required = true };
        var revision = new Option<string?>("--rev") { Description = "What ran: a commit, a version or a tag.", HelpName = "REV" };
        var environment = new Option<string?>("--environment") { Description = "Where, as in deployment.environment.name.", HelpName = "NAME" };
        var time = new Option<string?>("--at") { Description = "When it was first seen, ISO 8601 (UTC when no offset is told); now when left out.", HelpName = "TIME" };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "open",
            """
            Tell a server of something broken. A trace that it knows adds to the incident of the same failure; a symptom is joined to what its service threw
            at that time.
            """) { stack, symptom, service, revision, environment, time }
            .WithExamples(
                "airworthy incidents open --stack crash.txt --service shop --rev 1.4.0+0b718ecca62e --at 2026-03-02T09:15:00Z",
                "airworthy incidents open --symptom 'refunds come twice' --service shop --rev v1.4.0");
        server.AddTo(command);
        format.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(stack) is null == result.GetValue(symptom) is null)
            {
                result.AddError("give either --stack FILE or --symptom TEXT");
            }
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var request = new IncidentRequest(
                parsed.GetRequiredValue(service),
                parsed.GetValue(stack) is { } file ? await AttributeCommand.ReadAsync(file, terminal, cancel) : null,
                parsed.GetValue(symptom),
                parsed.GetValue(environment),
                parsed.GetValue(revision),
                parsed.GetValue(time) is { } text ? AttributeCommand.Time(text) : null);
            using var client = server.Open(parsed, terminal);
            await format.WriteAsync(parsed, terminal, await client.OpenAsync(request, cancel), Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, IncidentOpened opened) =>
        console.WriteLine(Printable.Of(string.Create(CultureInfo.InvariantCulture, $"incident {opened.Id}; see 'airworthy incidents show {opened.Id}'")));
}
