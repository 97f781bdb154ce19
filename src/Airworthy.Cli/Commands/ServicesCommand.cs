using System.CommandLine;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Services;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy services</c>: which services send telemetry, what their versions mean, and how that is mended.</summary>
internal static class ServicesCommand
{
    public static Command Create(Terminal terminal) =>
        new("services", "Which services send telemetry, and what their versions mean.") { List(terminal), Map(terminal) };

    private static Command List(Terminal terminal)
    {
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "list",
            """
            List what arrived, by service and version, with the commit that each version means.

            Examples:
              airworthy services list
            """);
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            await format.WriteAsync(parsed, terminal, new ServiceList(await client.ServicesAsync(service: null, cancel)), Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command Map(Terminal terminal)
    {
        var service = new Argument<string>("SERVICE") { Description = "The service, by the name it sends as service.name." };
        var version = new Option<string?>("--version") { Description = "A version, as the service sends it.", HelpName = "V" };
        var revision = new Option<string?>("--revision") { Description = "The commit it is.", HelpName = "SHA" };
        var prefix = new Option<string?>("--path-prefix") { Description = "The beginning of the paths it sends.", HelpName = "PATH" };
        var folder = new Option<string?>("--folder") { Description = "The folder of the repository that it is; its root when left out.", HelpName = "PATH" };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "map",
            """
            Say which commit a version is, or which folder the paths a service sends begin with. It counts for all that was ever observed, from the
            next question on; what it meant before is kept and shown.

            Examples:
              airworthy services map shop --version 1.4.0 --revision 0b718ecca62e
              airworthy services map shop --path-prefix /build/agent/42 --folder src
            """) { service, version, revision, prefix, folder };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var told = parsed.GetValue(prefix);
            var mapped = await client.MapAsync(
                parsed.GetRequiredValue(service),
                new MappingRequest(parsed.GetValue(version), parsed.GetValue(revision), told, parsed.GetValue(folder) ?? (told is null ? null : "")),
                cancel);
            await format.WriteAsync(parsed, terminal, mapped, (console, mapping) => console.WriteLine(Sentence(mapping)), cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static string Sentence(MappingSummary mapping) => Printable.Of(
        $"{mapping.Told} is {(mapping.Means.Length == 0 ? "the repository's root" : mapping.Means)}{(mapping.Before is { Length: > 0 } before ? $" (until {Tables.At(mapping.At)} it was {before})" : $" since {Tables.At(mapping.At)}")}");

    private static void Write(IAnsiConsole console, ServiceList list)
    {
        if (list.Services.Count == 0)
        {
            console.WriteLine("Nothing has arrived yet: docs/connect-a-service.md");
            return;
        }

        var table = Tables.Plain("service", "environment", "version", "commit", "last seen");
        foreach (var service in list.Services)
        {
            foreach (var version in service.Versions)
            {
                Tables.Row(table, service.Service, version.Environment, version.Version, Commit(version.Revision), Tables.At(version.LastSeen));
            }
        }

        console.Write(table);
        foreach (var (service, mapping) in list.Services.SelectMany(service => service.Mappings.Select(mapping => (service.Service, mapping))))
        {
            console.WriteLine(Printable.Of($"  {service}: {Sentence(mapping)}"));
        }
    }

    private static string Commit(RunningRevision? revision) => revision switch
    {
        null => "no repository is confirmed",
        { Sha: null } => "not found",
        { Degraded: true } => $"{revision.Sha[..12]}, only a branch's tip",
        _ => revision.Sha[..12],
    };
}
