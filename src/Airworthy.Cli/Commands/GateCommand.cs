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
          airworthy gate --base main --coverage '**/coverage.cobertura.xml'
          airworthy gate --base origin/main --head topic --format markdown
          airworthy gate ../shop --base v1.2.0 --head v1.3.0 --format json
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var baseRevision = new Option<string>("--base") { Description = "The revision the change is to land on.", HelpName = "REV", Required = true };
        var headRevision = new Option<string>("--head") { Description = "The change's last commit.", HelpName = "REV", DefaultValueFactory = _ => "HEAD" };
        var coverage = Reports("--coverage", "Coverage reports: Cobertura, OpenCover, JaCoCo, Clover, lcov, Go, LLVM.");
        var testedAt = new Option<string>("--tested-at") { Description = "The revision the reports were made at. Default: the head.", HelpName = "REV" };
        var format = new FormatOption("json", "markdown");
        var command = new Command("gate", Description) { repository, baseRevision, headRevision, coverage, testedAt, format };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var gate = new Gate(git);
            var request = new GateRequest(parsed.GetValue(baseRevision)!, parsed.GetValue(headRevision)!)
            {
                Coverage = ReportGlob.Find(parsed.GetValue(coverage), terminal),
                TestedAt = parsed.GetValue(testedAt),
            };
            var report = await gate.JudgeAsync(request, cancel);
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

    private static Option<string[]> Reports(string name, string description) =>
        new(name) { Description = description, HelpName = "GLOB", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}
