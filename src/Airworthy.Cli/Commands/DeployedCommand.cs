using System.CommandLine;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Releases;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy deployed</c>: a pipeline tells that a version of a service runs.</summary>
internal static class DeployedCommand
{
    public static Command Create(Terminal terminal)
    {
        var service = new Option<string>("--service") { Description = "The service, by the name it sends as service.name.", HelpName = "NAME", Required = true };
        var revision = new Option<string>("--revision") { Description = "The commit that runs now; a version or tag will do.", HelpName = "SHA", Required = true };
        var environment = new Option<string?>("--environment") { Description = "Where, such as production.", HelpName = "NAME" };
        var at = new Option<DateTimeOffset?>("--at") { Description = "When; now when left out.", HelpName = "TIME", CustomParser = TimeArgument.Read };
        var rolledBack = new Option<bool>("--rolled-back") { Description = "The service was brought back to this revision: changes that only the version before it had become suspect." };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "deployed",
            """
            Tell the server that a version of a service runs, or was rolled back to.

            Examples:
              airworthy deployed --service shop --revision "$(git rev-parse HEAD)" --environment production
              airworthy deployed --service shop --revision 1.4.1 --environment production --rolled-back
            """) { service, revision, environment, at, rolledBack };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var told = await client.DeployedAsync(
                new DeploymentRequest(
                    parsed.GetRequiredValue(service), parsed.GetRequiredValue(revision), parsed.GetValue(environment), parsed.GetValue(at), parsed.GetValue(rolledBack)),
                cancel);
            await format.WriteAsync(parsed, terminal, told, Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, ReleaseSummary told)
    {
        var where = told.Environment.Length > 0 ? $" in {told.Environment}" : "";
        var commit = told.Revision is null ? ", which no repository confirmed for it holds yet" : "";
        console.WriteLine(Printable.Of($"{told.Service}{where}: {Words.Of(told.Kind)} {(told.Kind == ReleaseKind.RolledBack ? "to " : "")}{told.Version} at {Tables.At(told.At)}{commit}"));
    }
}
