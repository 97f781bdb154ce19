using System.CommandLine;
using Airworthy.Cli.Commands;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Debts;

namespace Airworthy.Cli.Debts;

/// <summary><c>airworthy debt</c>: AI-written code in production that production has not proven.</summary>
internal static class DebtCommand
{
    private const string Description = """
        Tell how much AI-written code runs in production that production has not proven, where it is, what became of such changes, and what review had said of them.

        Exit code: 0, or 1 when a budget of airworthy.yml is exceeded.

        Examples:
          airworthy debt
          airworthy debt ../shop --server http://127.0.0.1:4320
          airworthy debt --server http://127.0.0.1:4320 --reviews github --format html > debt.html
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var revision = new Option<string?>("--rev") { Description = "The revision to count. Default: what the server sees running, else HEAD.", HelpName = "REV" };
        var reviews = new MergedReviewsOption();
        var server = new ServerOption("The server that watches the repository in production. Without one nothing counts as proven.");
        var format = new FormatOption("json", "html");
        var command = new Command("debt", Description) { repository, revision, reviews, format };
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var told = await reviews.ReadAsync(parsed, git, terminal, cancel);
            using var client = server.OpenIfNamed(parsed, terminal);
            var production = client is null ? null : await DebtProduction.AskAsync(client, git.Name, cancel);
            DebtReport report;
            await using (var progress = new ProgressLine(terminal, TimeProvider.System))
            {
                report = await DebtJourney.RunAsync(git, parsed.GetValue(revision), production, told, TimeProvider.System, progress, cancel);
            }

            Action<DebtReport, Terminal> write = parsed.GetValue(format) switch
            {
                "json" => DebtJson.Write,
                "html" => DebtHtml.Write,
                _ => DebtText.Write,
            };
            write(report, terminal);
            await ProvenanceWarnings.WriteAsync(terminal, git.IsShallow, []);
            return report.Budgets.Any(budget => budget.IsOver) ? ExitCode.No : ExitCode.Yes;
        });
        return command;
    }
}
