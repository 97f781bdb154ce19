using System.CommandLine;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Debts;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy init</c>: writes a first policy.</summary>
internal static class InitCommand
{
    private const string Description = """
        Write a commented airworthy.yml from what the repository shows of itself, and tell how a service names its revision.

        Examples:
          airworthy init
          airworthy init ../shop --force
          airworthy init --server http://127.0.0.1:4320    # what production calls most is proposed, too
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var force = new Option<bool>("--force") { Description = "Replace an airworthy.yml that is there." };
        var server = new ServerOption("The server that tells what production calls most.");
        var command = new Command("init", Description) { repository, force };
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            using var client = server.OpenIfNamed(parsed, terminal);
            var proposal = await Init.ProposeAsync(git, client is null ? null : await DebtProduction.AskAsync(client, git.Name, cancel), cancel);
            var path = Init.Write(git, proposal, parsed.GetValue(force));
            terminal.WriteLine($"wrote {path}");
            if (proposal.Critical.IsEmpty)
            {
                terminal.WriteLine("  nothing looks critical by its name, its owners or its history; add what is");
            }

            foreach (var (area, why) in proposal.Critical)
            {
                terminal.WriteLine($"  proposed as critical: {area.Name} ({string.Join(", ", area.Paths)}), {why}");
            }

            terminal.WriteLine("  read it, mend it, commit it: a change is judged by the policy of its base");
            terminal.WriteLine("");
            terminal.WriteLine("so that a service tells which revision it runs, start it with");
            var service = proposal.Services.IsEmpty ? "SERVICE" : proposal.Services[0];
            terminal.WriteLine($"  OTEL_SERVICE_NAME={service} OTEL_RESOURCE_ATTRIBUTES=vcs.ref.head.revision=$(git rev-parse HEAD)");
            if (proposal.Services.IsEmpty)
            {
                terminal.WriteLine("  (no service was found here; put its name for SERVICE, and under 'services:' in the policy)");
            }

            return ExitCode.Yes;
        });
        return command;
    }
}
