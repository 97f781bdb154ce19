using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>
/// Resolves the version a service reported to a commit, the most direct source first. A name that moves (<c>main</c>) is never taken for the
/// revision that ran.
/// </summary>
public static class RevisionResolver
{
    private const int MaxChars = 256;
    private const int ShortestSha = 7;

    /// <summary>
    /// The revision that ran. When what was sent names a commit that the repository does not hold, <see cref="DeployedRevision.Commit"/> is
    /// null: to be tried again after the next fetch. When nothing that was sent names a commit, it is the tip of the branch, degraded.
    /// </summary>
    public static async Task<DeployedRevision> ResolveAsync(ReportedVersion reported, GitRepository repository, CancellationToken cancel)
    {
        RevisionSource? unheld = null;
        foreach (var (source, name) in Shas(reported))
        {
            if (await repository.TryResolveAsync($"{name}^{{commit}}", cancel) is { } commit)
            {
                return new DeployedRevision(commit, source, Degraded: false);
            }

            unheld ??= source;
        }

        foreach (var tag in Tags(reported))
        {
            if (await repository.TryResolveAsync($"refs/tags/{tag}^{{commit}}", cancel) is { } commit)
            {
                return new DeployedRevision(commit, RevisionSource.Tag, Degraded: false);
            }
        }

        return unheld is { } named
            ? new DeployedRevision(null, named, Degraded: false)
            : new DeployedRevision(await repository.TryResolveAsync("HEAD^{commit}", cancel), RevisionSource.BranchTip, Degraded: true);
    }

    private static IEnumerable<(RevisionSource Source, string Sha)> Shas(ReportedVersion reported)
    {
        if (FullSha(reported.HeadRevision) is { } head)
        {
            yield return (RevisionSource.HeadRevision, head);
        }

        if (Sha(reported.GitCommitSha) is { } git)
        {
            yield return (RevisionSource.GitCommitSha, git);
        }

        if (ShaWithin(reported.SentryRelease) is { } sentry)
        {
            yield return (RevisionSource.SentryRelease, sentry);
        }

        if (ShaWithin(reported.ServiceVersion) is { } version)
        {
            yield return (RevisionSource.ServiceVersion, version);
        }
    }

    private static string? FullSha(string? text) => text is not null && CommitId.TryParse(text.AsSpan().Trim(), out var id) ? id.Hex : null;

    /// <summary>A commit's name, whole or short; a number of digits alone is a build number, not a commit.</summary>
    private static string? Sha(string? text)
    {
        text = text?.Trim();
        return text is { Length: >= ShortestSha and <= 64 } && text.All(char.IsAsciiHexDigit) && !text.All(char.IsAsciiDigit) ? text : null;
    }

    /// <summary>A version that is a commit, or carries one after <c>+</c> or <c>@</c>, as .NET's informational version does.</summary>
    private static string? ShaWithin(string? version)
    {
        if (version is null or { Length: > MaxChars })
        {
            return null;
        }

        var plus = version.LastIndexOf('+');
        var at = version.LastIndexOf('@');
        return Sha(version[(Math.Max(plus, at) + 1)..]) ?? (plus >= 0 ? Sha(version[(plus + 1)..].Split('.')[^1]) : null);
    }

    /// <summary>The tags that releases of that version bear by custom.</summary>
    private static IEnumerable<string> Tags(ReportedVersion reported)
    {
        foreach (var told in (string?[])[reported.ServiceVersion, reported.SentryRelease])
        {
            if (told is null or { Length: > MaxChars })
            {
                continue;
            }

            var version = told[(told.LastIndexOf('@') + 1)..].Split('+')[0].Trim();
            if (IsTagName(version))
            {
                yield return version.StartsWith('v') ? version : "v" + version;
                yield return version;
            }
        }
    }

    /// <summary>Letters, digits, dots and dashes: nothing that means more than itself to git.</summary>
    private static bool IsTagName(string version) =>
        version.Length > 0 && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && char.IsAsciiLetterOrDigit(version[0])
        && !version.Contains("..", StringComparison.Ordinal);
}
