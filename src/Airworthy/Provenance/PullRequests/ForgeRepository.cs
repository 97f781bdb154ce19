using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Provenance.PullRequests;

/// <summary>A repository on a forge, and where the forge's API answers.</summary>
/// <param name="Forge">The kind of forge.</param>
/// <param name="Api">The API's address, ending in a slash.</param>
/// <param name="Path">Owner (or groups) and name, <c>owner/name</c>.</param>
public sealed partial record ForgeRepository(Forge Forge, Uri Api, string Path)
{
    /// <summary>
    /// Finds the repository that a remote is. A remote comes from a repository's configuration, which nobody vouches for, and a token goes where
    /// this says: so only the public forge is taken, or the server that the user names.
    /// </summary>
    /// <param name="forge">The kind of forge.</param>
    /// <param name="remote">The remote's address: <c>https://…</c>, <c>ssh://…</c> or <c>git@host:owner/name.git</c>.</param>
    /// <param name="server">The user's own server; null means the public one.</param>
    /// <exception cref="PullRequestException">The remote is none, or on another server.</exception>
    public static ForgeRepository Find(Forge forge, string remote, Uri? server)
    {
        ArgumentNullException.ThrowIfNull(remote);
        var (host, path) = Parse(remote) ?? throw new PullRequestException(
            Fault.Usage, $"the remote 'origin' is not an address of {forge}; save the pull requests and give --pull-requests FILE");
        if (server is null)
        {
            var home = forge == Forge.GitHub ? "github.com" : "gitlab.com";
            return string.Equals(host, home, StringComparison.OrdinalIgnoreCase)
                ? new ForgeRepository(forge, new Uri(forge == Forge.GitHub ? "https://api.github.com/" : "https://gitlab.com/api/v4/"), path)
                : throw new PullRequestException(
                    Fault.Usage,
                    $"the remote 'origin' is on {SignalLimits.Bound(host)}, not on {home}; if that is your server, set {ServerVariable(forge)} to its https address");
        }

        if (server.Scheme != Uri.UriSchemeHttps && !server.IsLoopback)
        {
            throw new PullRequestException(Fault.Usage, $"{ServerVariable(forge)} is '{server}': a token travels by https only");
        }

        return string.Equals(host, server.Authority, StringComparison.OrdinalIgnoreCase) || string.Equals(host, server.Host, StringComparison.OrdinalIgnoreCase)
            ? new ForgeRepository(forge, new Uri(server, forge == Forge.GitHub ? "/api/v3/" : "/api/v4/"), path)
            : throw new PullRequestException(
                Fault.Usage, $"the remote 'origin' is on {SignalLimits.Bound(host)}, but {ServerVariable(forge)} names {server.Authority}");
    }

    /// <summary>The variable in which a user names their own server.</summary>
    public static string ServerVariable(Forge forge) => forge == Forge.GitHub ? "AIRWORTHY_GITHUB_URL" : "AIRWORTHY_GITLAB_URL";

    /// <summary>The variable that holds the token.</summary>
    public static string TokenVariable(Forge forge) => forge == Forge.GitHub ? "AIRWORTHY_GITHUB_TOKEN" : "AIRWORTHY_GITLAB_TOKEN";

    private static (string Host, string Path)? Parse(string remote)
    {
        if (remote.Length > 2_000 || Remote().Match(remote.Trim()) is not { Success: true } match)
        {
            return null;
        }

        var path = match.Groups["path"].Value.TrimEnd('/');
        path = path.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;
        return path.Contains('/', StringComparison.Ordinal) && !path.Split('/').Any(part => part is "" or "." or "..")
            ? (match.Groups["host"].Value, path)
            : null;
    }

    [GeneratedRegex(
        @"^(?:(?:https?|ssh|git)://(?:[^@/\s]+@)?(?<host>[A-Za-z0-9.-]+(?::[0-9]{1,5})?)/|(?:[^@:/\s]+@)?(?<host>[A-Za-z0-9.-]+):(?!/))(?<path>[A-Za-z0-9._~/-]+)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex Remote();
}
