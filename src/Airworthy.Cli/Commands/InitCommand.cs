using System.CommandLine;
using Airworthy.Journeys;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy init</c>: writes a first policy.</summary>
internal static class InitCommand
{
    private const string Description = """
        Write a commented airworthy.yml from what the repository shows of itself, and tell how a service names its revision.

        Examples:
          airworthy init
          airworthy init ../shop --force
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var force = new Option<bool>("--force") { Description = "Replace an airworthy.yml that is there." };
        var command = new Command("init", Description) { repository, force };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var proposal = await Init.ProposeAsync(git, cancel);
            var path = Init.Write(git, proposal, parsed.GetValue(force));
            terminal.WriteLine($"wrote {path}");
            terminal.WriteLine(proposal.Critical.IsEmpty
                ? "  no path looks critical by its name; add those that are"
                : $"  proposed as critical: {string.Join(", ", proposal.Critical.Select(area => $"{area.Name} ({string.Join(", ", area.Paths)})"))}");
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
