using System.CommandLine;
using Airworthy.Cli.Commands;
using Airworthy.Git;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Cli.Gates;

/// <summary>The <c>--reviews</c> of the gate: a file of one pull request's review, or <c>github</c> or <c>gitlab</c> to ask for it.</summary>
internal sealed class ReviewsOption : Option<string?>
{
    public ReviewsOption()
        : base("--reviews")
    {
        Description = "The review of the pull request: a JSON file, or 'github' or 'gitlab' to ask for it, with the token in AIRWORTHY_GITHUB_TOKEN or "
            + "AIRWORTHY_GITLAB_TOKEN; 'github:7' names the pull request where CI does not.";
        HelpName = "FILE|github|gitlab";
    }

    /// <summary>The review that was named; null when none was.</summary>
    /// <exception cref="Model.FaultException">It can't be read.</exception>
    public async Task<ReviewFacts?> ReadAsync(ParseResult parsed, GitRepository git, Terminal terminal, CancellationToken cancel)
    {
        if (parsed.GetValue(this) is not { } named)
        {
            return null;
        }

        var (source, number) = named.Split(':', 2) is [var before, var after] ? (before, after) : (named, null);
        return source switch
        {
            "github" => await AskAsync(Forge.GitHub, git, number, cancel),
            "gitlab" => await AskAsync(Forge.GitLab, git, number, cancel),
            _ => await ReviewFile.ReadAsync(named, terminal, ReviewJson.ReadAsync, cancel),
        };
    }

    private static async Task<ReviewFacts> AskAsync(Forge forge, GitRepository git, string? told, CancellationToken cancel)
    {
        var number = RequestNumber.Of(told, "--reviews github:7");
        using var client = await ForgeAccess.OpenAsync(forge, git, "--reviews FILE", cancel);
        return await client.ReviewAsync(number, cancel);
    }
}
