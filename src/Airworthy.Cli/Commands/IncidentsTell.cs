using System.CommandLine;
using Airworthy.Cli.Servers;
using Airworthy.Feedback;
using Airworthy.Feedback.GitHub;
using Airworthy.Git;
using Airworthy.Journeys.Telling;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy incidents tell</c>: tells engineers of an incident where its change was discussed.</summary>
internal static class IncidentsTell
{
    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string>("ID") { Description = "The incident, as 'incidents list' names it." };
        var folder = new RepositoryArgument();
        var server = new ServerOption();
        var dry = new Option<bool>("--dry-run") { Description = "Print what would be told, and tell nobody." };
        var command = new Command(
            "tell",
            """
            Tell of an attributed incident on GitHub: one comment on the pull request of its commit and on the issues that one closed, updated in place, and a check
            on the commit. The token is AIRWORTHY_GITHUB_TOKEN; a server of your own is AIRWORTHY_GITHUB_URL.

            Exit code: 0 told, 2 not attributed, so there is nobody to tell.

            Examples:
              airworthy incidents tell i1f2e3d4c5b6a --dry-run
              airworthy incidents tell i1f2e3d4c5b6a ../shop
            """) { id, folder, dry };
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var asked = parsed.GetRequiredValue(id);
            var detail = await client.IncidentAsync(asked, cancel)
                ?? throw new ServerUnreachableException(Fault.Usage, $"there is no incident '{asked}'; see 'airworthy incidents list'");
            if (IncidentMarkdown.Note(detail) is not { } note)
            {
                await terminal.Error.WriteLineAsync($"airworthy: incident {Printable.Of(asked)} is not attributed, so there is no change to tell of it");
                return ExitCode.NotKnown;
            }

            if (parsed.GetValue(dry))
            {
                terminal.WriteLine(note.Body.TrimEnd('\n'));
                return ExitCode.Yes;
            }

            await using var git = await folder.OpenAsync(parsed, terminal, cancel);
            var voice = await VoiceAsync(git, cancel);
            foreach (var placed in await voice.TellAsync(note, cancel))
            {
                terminal.WriteLine(placed.Outcome switch
                {
                    NoteOutcome.Refused => $"{placed.Place}: left out, {placed.Why}",
                    NoteOutcome.Same => $"{placed.Place}: says so already",
                    var outcome => $"{placed.Place}: {Words.Of(outcome)}",
                });
            }

            return ExitCode.Yes;
        });
        return command;
    }

    private static async Task<GitHubVoice> VoiceAsync(GitRepository git, CancellationToken cancel)
    {
        var (repository, token) = await ForgeAccess.FindAsync(Forge.GitHub, git, "--dry-run", cancel);
        return new GitHubVoice(repository.Api, repository.Path, token);
    }
}
