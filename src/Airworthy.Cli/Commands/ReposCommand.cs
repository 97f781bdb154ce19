using System.CommandLine;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Queries;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy repos</c>: the repositories a server reads.</summary>
internal static class ReposCommand
{
    public static Command Create(Terminal terminal) => new("repos", "The repositories a server reads.") { Add(terminal), List(terminal) };

    private static Command Add(Terminal terminal)
    {
        var place = new Argument<string>("PATH|URL") { Description = "A folder, or a URL to clone by https, ssh or file." };
        var services = new Option<string[]>("--service")
        {
            Description = "Confirm that this service runs the repository's code; may be given more than once.",
            HelpName = "NAME",
        };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "add",
            """
            Have a server read a repository.

            Examples:
              airworthy repos add . --service shop
              airworthy repos add https://github.com/modelcontextprotocol/csharp-sdk.git
            """) { place, services };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var given = parsed.GetRequiredValue(place);
            var added = await client.AddRepositoryAsync(
                given.Contains("://", StringComparison.Ordinal) ? given : terminal.Resolve(given), cancel);
            foreach (var service in parsed.GetValue(services) ?? [])
            {
                await client.ConfirmClaimAsync(service, added.Name, cancel);
            }

            await format.WriteAsync(
                parsed, terminal, added, (console, repository) => console.WriteLine($"{Printable.Of(repository.Name)} is read from {Printable.Of(repository.Location)}"), cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "list",
            """
            List the repositories a server reads.

            Examples:
              airworthy repos list
              airworthy repos list --format json
            """);
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var repositories = new RepositoryList(await client.RepositoriesAsync(cancel));
            await format.WriteAsync(parsed, terminal, repositories, Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, RepositoryList list)
    {
        if (list.Repositories.Count == 0)
        {
            console.WriteLine("No repository yet. Add one:  airworthy repos add PATH");
            return;
        }

        var table = Tables.Plain("repository", "tip", "changes", "services", "");
        foreach (var repository in list.Repositories)
        {
            Tables.Row(
                table,
                repository.Name,
                repository.Tip?[..12] ?? "no commits",
                repository.Changes.ToString("N0", System.Globalization.CultureInfo.InvariantCulture),
                repository.Services.Count > 0 ? string.Join(", ", repository.Services) : "none confirmed",
                repository.Problem ?? "");
        }

        console.Write(table);
    }
}
