using System.Text.Json;
using Airworthy.Journeys.Releases;
using Airworthy.Model;

namespace Airworthy.Server.Webhooks;

/// <summary>Finds the version in a CDEvent, the surest name first: a commit in the custom data, a commit in the artifact's package URL, the artifact's version.</summary>
internal static class CdEventVersion
{
    private static readonly string[] s_members = ["vcs.ref.head.revision", "revision", "commit", "sha", "gitCommit", "git_commit", "commitSha"];
    private static readonly string[] s_qualifiers = ["vcs_revision", "revision", "commit", "sha"];

    public static ReportedVersion Of(JsonElement data)
    {
        foreach (var member in s_members)
        {
            if ((data.Text("customData", member) ?? data.Text("subject", "content", "customData", member)) is { } told)
            {
                return ReleaseBook.VersionOf(told);
            }
        }

        return data.Text("subject", "content", "artifactId") is { } artifact ? OfPackage(artifact) : ReportedVersion.None;
    }

    /// <summary><c>pkg:oci/shop@sha256%3A…?tag=1.4.0&amp;vcs_url=git%2Bhttps://host/shop.git%400b718ecc…</c>; a digest alone names no version of the source.</summary>
    private static ReportedVersion OfPackage(string artifact)
    {
        var question = artifact.IndexOf('?', StringComparison.Ordinal);
        var qualifiers = (question < 0 ? "" : artifact[(question + 1)..].Split('#')[0])
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.OrdinalIgnoreCase);
        foreach (var name in s_qualifiers)
        {
            if (qualifiers.TryGetValue(name, out var told) && told.Length > 0)
            {
                return ReleaseBook.VersionOf(told);
            }
        }

        if (qualifiers.TryGetValue("vcs_url", out var url) && url.LastIndexOf('@') is var at and > 0 && CommitId.TryParse(url.AsSpan(at + 1), out var commit))
        {
            return ReleaseBook.VersionOf(commit.Hex);
        }

        var path = question < 0 ? artifact : artifact[..question];
        var version = path.LastIndexOf('@') is var mark and >= 0 ? Uri.UnescapeDataString(path[(mark + 1)..].Split('#')[0]) : "";
        return version.Length > 0 && !version.Contains(':', StringComparison.Ordinal) ? ReleaseBook.VersionOf(version)
            : qualifiers.TryGetValue("tag", out var tag) && tag.Length > 0 ? ReleaseBook.VersionOf(tag)
            : ReportedVersion.None;
    }
}
