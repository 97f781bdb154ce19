using System.CommandLine;
using Airworthy.Cli.Gates;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Debts;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy gate</c>: judges a change before it merges.</summary>
internal static class GateCommand
{
    private const string Description = """
        Judge a change before it merges: who wrote it, which critical paths it touches, and what evidence it lacks.

        Exit code: 0 pass, 1 fail, 2 insufficient.

        Examples:
          airworthy gate --base main
          airworthy gate --base main --coverage '**/coverage.cobertura.xml' --mutation '**/mutation-report.json'
          airworthy gate --base main --tests '**/TEST-*.xml' --sarif '**/*.sarif' --reviews github
          airworthy gate --summary --comment github --format sarif --output airworthy.sarif    # in CI, which tells the base
          airworthy gate --base origin/main --head topic --format markdown
          airworthy gate ../shop --base v1.2.0 --head v1.3.0 --format json
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var baseRevision = new Option<string>("--base") { Description = "The revision the change is to land on. Default: as CI tells it, else the remote's main branch.", HelpName = "REV" };
        var headRevision = new Option<string>("--head") { Description = "The change's last commit. Default: as CI tells it, else HEAD.", HelpName = "REV" };
        var coverage = Reports("--coverage", "Coverage reports: Cobertura, OpenCover, JaCoCo, Clover, lcov, Go, LLVM.");
        var mutation = Reports("--mutation", "Mutation reports: Stryker's (mutation-testing-elements), PIT, cargo-mutants.");
        var tests = Reports("--tests", "Reports of tests: JUnit XML, TRX, CTRF.");
        var sarif = Reports("--sarif", "SARIF logs of analyzers; what stands on changed lines is kept.");
        var sarifBaseline = Reports("--sarif-baseline", "SARIF logs of the base: what they hold is not new.");
        var reviews = new ReviewsOption();
        var evidence = Reports("--evidence", "Evidence files, as 'airworthy trial' and 'airworthy replay' write them.");
        var server = new ServerOption("The server that tells which changes are proven, for budgets of agent debt.");
        var testedAt = new Option<string>("--tested-at") { Description = "The revision the reports were made at. Default: the head, or the merge of it that CI has checked out.", HelpName = "REV" };
        var format = new FormatOption("json", "markdown", "sarif", "rdjson", "gitlab", "html");
        var output = new Option<string>("--output") { Description = "Write the answer to a file, and one line to the terminal.", HelpName = "FILE" };
        var comment = new CommentOption();
        var summary = new Option<bool>("--summary") { Description = "Also write the summary and the annotations of a GitHub job." };
        var command = new Command("gate", Description) { repository, baseRevision, headRevision, coverage, mutation, tests, sarif, sarifBaseline, reviews, evidence, testedAt, format, output, summary, comment };
        server.AddTo(command);
        command.Refuse(sarifBaseline, sarif);
        command.Refuse(testedAt, coverage, mutation, tests, sarif, evidence);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var change = await GateSides.FindAsync(git, parsed.GetValue(baseRevision), parsed.GetValue(headRevision), terminal, cancel);
            using var client = server.OpenIfNamed(parsed, terminal);
            var request = new GateRequest(change.Base, change.Head)
            {
                Coverage = ReportGlob.Find(parsed.GetValue(coverage), terminal),
                Mutation = ReportGlob.Find(parsed.GetValue(mutation), terminal),
                Tests = ReportGlob.Find(parsed.GetValue(tests), terminal),
                Sarif = ReportGlob.Find(parsed.GetValue(sarif), terminal),
                SarifBaseline = ReportGlob.Find(parsed.GetValue(sarifBaseline), terminal),
                Review = await reviews.ReadAsync(parsed, git, terminal, cancel),
                Production = client is null ? null : await DebtProduction.AskAsync(client, git.Name, cancel),
                Evidence = ReportGlob.Find(parsed.GetValue(evidence), terminal),
                TestedAt = parsed.GetValue(testedAt) ?? change.Tested,
            };
            var report = await new Gate(git).JudgeAsync(request, cancel);
            if (parsed.GetValue(output) is { } path)
            {
                await using var file = new FileStream(terminal.Resolve(path), FileMode.Create, FileAccess.Write);
                Write(report, parsed.GetValue(format)!, terminal.Into(file));
                terminal.WriteLine($"{GateWords.Name(report.Judgement.Kind)}  {GateWords.Headline(report)}; written to {path}");
            }
            else
            {
                Write(report, parsed.GetValue(format)!, terminal);
            }

            if (parsed.GetValue(summary))
            {
                GitHubJob.Write(report, terminal, Environment.GetEnvironmentVariable);
            }

            await comment.PlaceAsync(parsed, report, git, terminal, cancel);
            await ProvenanceWarnings.WriteAsync(terminal, git.IsShallow, []);
            return ExitCode.Of(report.Judgement.Kind);
        });
        return command;
    }

    private static void Write(GateReport report, string format, Terminal terminal)
    {
        Action<GateReport, Terminal> write = format switch
        {
            "json" => GateJson.Write,
            "markdown" => GateMarkdown.Write,
            "sarif" => GateSarif.Write,
            "rdjson" => GateReviewdog.Write,
            "gitlab" => GateCodeQuality.Write,
            "html" => GateHtml.Write,
            _ => GateText.Write,
        };
        write(report, terminal);
    }

    private static Option<string[]> Reports(string name, string description) =>
        new(name) { Description = description, HelpName = "GLOB", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}
