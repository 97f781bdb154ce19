using System.CommandLine;
using Airworthy.Journeys;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy scan</c>: who wrote a repository.</summary>
internal static class ScanCommand
{
    private const string Description = """
        Counts the commits and the living lines of a repository by who wrote them: ai, human or unknown. Unknown is never counted as human.

        Examples:
          airworthy scan
          airworthy scan ../service --rev v2.1
          airworthy scan --format json | jq .lines
          airworthy scan --pull-requests github
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var revision = new RevisionOption("The revision whose history and files are counted.");
        var ignored = new IgnoreRevisionOption();
        var requests = new PullRequestsOption();
        var format = new FormatOption("json");
        var command = new Command("scan", Description) { repository, revision, ignored, requests, format };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var commit = await git.ResolveAsync(parsed.GetValue(revision)!, cancel);
            await ignored.ApplyAsync(parsed, git, cancel);
            git.Lines.Prepare(commit);
            var told = await requests.ReadAsync(parsed, git, terminal, cancel);
            ScanReport report;
            await using (var progress = new ProgressLine(terminal, TimeProvider.System))
            {
                report = await ScanJourney.RunAsync(git, commit, told, progress, cancel);
            }

            if (format.IsText(parsed))
            {
                ScanText.Write(terminal, report);
            }
            else
            {
                ScanJson.Write(terminal.Out, report);
            }

            return ExitCode.Yes;
        });
        return command;
    }
}
