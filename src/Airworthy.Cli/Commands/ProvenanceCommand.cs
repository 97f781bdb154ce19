using System.CommandLine;
using System.Globalization;
using Airworthy.Provenance.Carrying;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy provenance</c>: carries who wrote which line to commits that took others' place.</summary>
internal static class ProvenanceCommand
{
    public static Command Create(Terminal terminal) =>
        new("provenance", "Carry authorship over rewritten history.") { Rewritten(terminal) };

    private static Command Rewritten(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var command = new Command(
            "rewritten",
            """
            Carry notes over commits that were rewritten on this machine. Reads lines 'OLD NEW' from standard input, as git gives them to its
            post-rewrite hook; the hooks of 'airworthy hooks install' run it.

            Examples:
              echo "$before $after" | airworthy provenance rewritten
            """) { repository };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            using var lines = new StreamReader(terminal.In, leaveOpen: true);
            foreach (var carried in await Rewrite.CarryAsync(git, Rewrite.Read(lines), TimeProvider.System, cancel))
            {
                terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{carried.Commit.Short}: carried {carried.Carried} lines"));
            }

            return ExitCode.Yes;
        });
        return command;
    }
}
