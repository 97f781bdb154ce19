using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Cli.Commands;

/// <summary>The forge of a repository's remote <c>origin</c>, with the token of <c>AIRWORTHY_GITHUB_TOKEN</c> or <c>AIRWORTHY_GITLAB_TOKEN</c>.</summary>
internal static class ForgeAccess
{
    /// <summary>A client for it.</summary>
    /// <param name="forge">The kind of forge.</param>
    /// <param name="git">The repository.</param>
    /// <param name="instead">What to give instead, for messages.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="PullRequestException">No token is set, or the remote is not of that forge.</exception>
    public static async Task<ForgeClient> OpenAsync(Forge forge, GitRepository git, string instead, CancellationToken cancel)
    {
        var (repository, token) = await FindAsync(forge, git, instead, cancel);
        return new ForgeClient(repository, token);
    }

    /// <summary>Where it is, and the token that goes there.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public static async Task<(ForgeRepository Repository, string Token)> FindAsync(Forge forge, GitRepository git, string instead, CancellationToken cancel)
    {
        var variable = ForgeRepository.TokenVariable(forge);
        if (Environment.GetEnvironmentVariable(variable)?.Trim() is not { Length: > 0 } token || !token.All(c => c is > ' ' and <= '~'))
        {
            throw new PullRequestException(Fault.Usage, $"set {variable} to a token that may read the repository's pull requests, or give {instead}");
        }

        var remote = await git.OriginUrlAsync(cancel)
            ?? throw new PullRequestException(Fault.Usage, $"the repository has no remote 'origin' to ask; give {instead}");
        return (ForgeRepository.Find(forge, remote, Server(forge)), token);
    }

    private static Uri? Server(Forge forge)
    {
        var variable = ForgeRepository.ServerVariable(forge);
        return Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } address ? null
            : Uri.TryCreate(address, UriKind.Absolute, out var server) && (server.Scheme == Uri.UriSchemeHttps || server.Scheme == Uri.UriSchemeHttp) ? server
            : throw new PullRequestException(Fault.Usage, $"{variable} is '{address}', which is no https address");
    }
}
