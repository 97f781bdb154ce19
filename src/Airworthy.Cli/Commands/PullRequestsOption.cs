using System.Collections.Immutable;
using System.CommandLine;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Cli.Commands;

/// <summary>
/// The <c>--pull-requests</c> of a verb: a file that the forge's API gave, or <c>github</c> or <c>gitlab</c> to ask the forge of the remote
/// <c>origin</c>, with the token of <c>AIRWORTHY_GITHUB_TOKEN</c> or <c>AIRWORTHY_GITLAB_TOKEN</c>.
/// </summary>
internal sealed class PullRequestsOption : Option<string?>
{
    private const long LargestFile = 2L << 30;

    public PullRequestsOption()
        : base("--pull-requests")
    {
        Description = "Pull requests, which tell what squashes lost: a JSON file of the forge's API, or 'github' or 'gitlab' to ask for them with "
            + "the token in AIRWORTHY_GITHUB_TOKEN or AIRWORTHY_GITLAB_TOKEN.";
        HelpName = "FILE|github|gitlab";
    }

    /// <summary>The pull requests that were named; none when none were.</summary>
    /// <exception cref="FaultException">They can't be read.</exception>
    public async Task<ImmutableArray<PullRequest>> ReadAsync(ParseResult parsed, GitRepository git, Terminal terminal, CancellationToken cancel)
    {
        if (parsed.GetValue(this) is not { } named)
        {
            return [];
        }

        var requests = ImmutableArray.CreateBuilder<PullRequest>();
        var source = named switch
        {
            "github" => AskAsync(Forge.GitHub, git, cancel),
            "gitlab" => AskAsync(Forge.GitLab, git, cancel),
            _ => ReadFileAsync(named, terminal, cancel),
        };
        await foreach (var request in source)
        {
            requests.Add(request);
        }

        return requests.ToImmutable();
    }

    private static async IAsyncEnumerable<PullRequest> AskAsync(
        Forge forge, GitRepository git, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        using var client = await ForgeAccess.OpenAsync(forge, git, "--pull-requests FILE", cancel);
        await foreach (var request in client.ReadAsync(cancel))
        {
            yield return request;
        }
    }

    private static async IAsyncEnumerable<PullRequest> ReadFileAsync(
        string file, Terminal terminal, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var json = Open(file, terminal.Resolve(file));
        await foreach (var request in PullRequestJson.ReadAsync(json, $"'{file}'", cancel))
        {
            yield return request;
        }
    }

    private static FileStream Open(string named, string path)
    {
        FileStream? opened = null;
        try
        {
            opened = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.Asynchronous);
            return opened.Length <= LargestFile
                ? opened
                : throw new PullRequestException(Fault.BadInput, $"'{named}' is larger than 2 GiB; split it");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or PullRequestException)
        {
            opened?.Dispose();
            throw problem as PullRequestException
                ?? new PullRequestException(
                    Fault.Usage, $"the pull requests '{named}' can't be read: {problem.Message.TrimEnd('.')}; name a JSON file, 'github' or 'gitlab'", problem);
        }
    }
}
