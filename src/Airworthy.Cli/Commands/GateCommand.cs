using System.CommandLine;
using Airworthy.Cli.Gates;
using Airworthy.Journeys;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy gate</c>: judges a change before it merges.</summary>
internal static class GateCommand
{
    private const string Description = """
        Judge a change before it merges: who wrote it, which critical paths it touches, and what evidence it lacks.

        Exit code: 0 pass, 1 fail, 2 insufficient.

        Examples:
          airworthy gate --base main
          airworthy gate --base origin/main --head topic --format markdown
          airworthy gate ../shop --base v1.2.0 --head v1.3.0 --format json
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var baseRevision = new Option<string>("--base") { Description = "The revision the change is to land on.", HelpName = "REV", Required = true };
        var headRevision = new Option<string>("--head") { Description = "The change's last commit.", HelpName = "REV", DefaultValueFactory = _ => "HEAD" };
        var format = new FormatOption("json", "markdown");
        var command = new Command("gate", Description) { repository, baseRevision, headRevision, format };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var gate = new Gate(git);
            var report = await gate.JudgeAsync(parsed.GetValue(baseRevision)!, parsed.GetValue(headRevision)!, cancel);
            switch (parsed.GetValue(format))
            {
                case "json":
                    GateJson.Write(report, terminal);
                    break;
                case "markdown":
                    GateMarkdown.Write(report, terminal);
                    break;
                default:
                    GateText.Write(report, terminal);
                    break;
            }

            await ProvenanceWarnings.WriteAsync(terminal, git.IsShallow, []);
            return ExitCode.Of(report.Judgement.Kind);
        });
        return command;
    }
}
