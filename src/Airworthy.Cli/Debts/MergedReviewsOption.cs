using System.Collections.Immutable;
using System.CommandLine;
using Airworthy.Cli.Commands;
using Airworthy.Git;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Cli.Debts;

/// <summary>The <c>--reviews</c> of debt: a file of many pull requests' reviews, or <c>github</c> or <c>gitlab</c> to ask for the latest.</summary>
internal sealed class MergedReviewsOption : Option<string?>
{
    // Three requests each, of the five thousand an hour that GitHub gives.
    private const int MostAsked = 200;

    public MergedReviewsOption()
        : base("--reviews")
    {
        Description = "Reviews of merged pull requests: a JSON file, as 'gh pr list --state merged --json number,author,createdAt,reviews' writes it, or 'github' or 'gitlab' to ask "
            + $"for the last {MostAsked} with the token in AIRWORTHY_GITHUB_TOKEN or AIRWORTHY_GITLAB_TOKEN.";
        HelpName = "FILE|github|gitlab";
    }

    /// <summary>The reviews that were named; none when none were.</summary>
    /// <exception cref="Model.FaultException">They can't be read.</exception>
    public async Task<ImmutableArray<ReviewFacts>> ReadAsync(ParseResult parsed, GitRepository git, Terminal terminal, CancellationToken cancel) => parsed.GetValue(this) switch
    {
        null => [],
        "github" => await AskAsync(Forge.GitHub, git, cancel),
        "gitlab" => await AskAsync(Forge.GitLab, git, cancel),
        var file => await ReviewFile.ReadAsync(file, terminal, ReviewJson.ReadManyAsync, cancel),
    };

    private static async Task<ImmutableArray<ReviewFacts>> AskAsync(Forge forge, GitRepository git, CancellationToken cancel)
    {
        using var client = await ForgeAccess.OpenAsync(forge, git, "--reviews FILE", cancel);
        return await client.MergedReviewsAsync(MostAsked, cancel);
    }
}
