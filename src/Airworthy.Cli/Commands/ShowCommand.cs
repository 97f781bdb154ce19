using System.CommandLine;
using Airworthy.Git;
using Airworthy.Journeys;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy show</c>: all that is known of one commit.</summary>
internal static class ShowCommand
{
    private const string Description = """
        Tells all that is known of one commit: who wrote it and what says so, its change, where its lines live, and what took the others away.

        Examples:
          airworthy show 0b718ecca62e
          airworthy show HEAD~3 ../service --rev v2.1
          airworthy show HEAD --prompts
          airworthy show HEAD --format json | jq .signals
        """;

    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("SHA") { Description = "A commit: its name, abbreviated or not, a branch or a tag." };
        var repository = new RepositoryArgument();
        var revision = new RevisionOption("The revision whose history and files are looked at.");
        var prompts = new Option<bool>("--prompts") { Description = "Show the prompts behind the commit too, where a record keeps them. They may be private." };
        var requests = new PullRequestsOption();
        var format = new FormatOption("json");
        var command = new Command("show", Description) { name, repository, revision, prompts, requests, format };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var commit = await CommitName.ReadAsync(git, parsed.GetValue(name)!, cancel);
            var at = await git.ResolveAsync(parsed.GetValue(revision)!, cancel);
            var told = await requests.ReadAsync(parsed, git, terminal, cancel);
            ShowReport report;
            await using (var progress = new ProgressLine(terminal, TimeProvider.System))
            {
                report = await ShowJourney.RunAsync(git, commit, at, told, parsed.GetValue(prompts), progress, cancel);
            }

            if (format.IsText(parsed))
            {
                ShowText.Write(terminal, report);
            }
            else
            {
                ShowJson.Write(terminal.Out, report);
            }

            await ProvenanceWarnings.WriteAsync(terminal, git.IsShallow, report.UnreadableNotes);
            return ExitCode.Yes;
        });
        return command;
    }
}
