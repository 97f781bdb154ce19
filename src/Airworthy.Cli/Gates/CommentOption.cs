using System.CommandLine;
using System.Text;
using Airworthy.Cli.Commands;
using Airworthy.Feedback;
using Airworthy.Feedback.GitHub;
using Airworthy.Feedback.GitLab;
using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Cli.Gates;

/// <summary>The <c>--comment</c> of the gate: its answer as one comment on the pull request, updated in place by each run.</summary>
internal sealed class CommentOption : Option<string?>
{
    public CommentOption()
        : base("--comment")
    {
        Description = "Also comment on the pull request, once, and update the comment of an earlier run, with the token in AIRWORTHY_GITHUB_TOKEN or AIRWORTHY_GITLAB_TOKEN; "
            + "'github:7' names the pull request where CI does not.";
        HelpName = "github|gitlab";
        Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value.Split(':')[0] is not ("github" or "gitlab"))
            {
                result.AddError($"--comment '{token.Value}' is no place to comment; give 'github' or 'gitlab', or 'github:7' for pull request 7");
            }
        });
    }

    /// <summary>Places the comment, where one was asked for. A token that may not comment (as of a fork's pull request) is told and changes no verdict.</summary>
    /// <exception cref="FaultException">The pull request is not told, or the forge can't be asked.</exception>
    public async Task PlaceAsync(ParseResult parsed, GateReport report, GitRepository git, Terminal terminal, CancellationToken cancel)
    {
        if (parsed.GetValue(this) is not { } named)
        {
            return;
        }

        var (place, told) = named.Split(':', 2) is [var before, var after] ? (before, after) : (named, null);
        var forge = place == "github" ? Forge.GitHub : Forge.GitLab;
        var number = RequestNumber.Of(told, $"--comment {place}:7");
        var (repository, token) = await ForgeAccess.FindAsync(forge, git, "--format markdown", cancel);
        using var text = new MemoryStream();
        GateMarkdown.WriteBody(report, terminal.Into(text));
        var placed = await PlaceAsync(repository, token, number, Encoding.UTF8.GetString(text.ToArray()), cancel);
        await terminal.Error.WriteLineAsync(placed.Why is { } why ? $"airworthy: no comment on {placed.Place}: {why}" : $"airworthy: comment on {placed.Place}: {Words.Of(placed.Outcome)}");
    }

    private static async Task<NotePlaced> PlaceAsync(ForgeRepository repository, string token, int number, string text, CancellationToken cancel)
    {
        if (repository.Forge == Forge.GitHub)
        {
            return await new GitHubVoice(repository.Api, repository.Path, token).CommentAsync(number, GateMarkdown.Marker, text, cancel);
        }

        using var voice = new GitLabVoice(repository.Api, repository.Path, token);
        return await voice.CommentAsync(number, GateMarkdown.Marker, text, cancel);
    }
}
