using System.Globalization;
using System.Text;
using Airworthy.Journeys.Production;
using Airworthy.Model;
using Airworthy.Telemetry.Releases;

namespace Airworthy.Journeys.Releases;

/// <summary>Writes down what pipelines and webhooks tell of deployments, and reads it with the revisions it means.</summary>
public sealed class ReleaseBook(IReleaseStore store, RunningRevisions revisions, ServerNews news, TimeProvider time) : IReleases
{
    private const int LongestName = 255;
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset s_earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task<ReleaseSummary> DeployedAsync(DeploymentRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var release = new Release(
            Required("service", request.Service, "the name it sends as service.name"),
            request.Environment?.Trim() ?? "",
            VersionOf(Required("revision", request.Revision, "the commit that runs now")),
            request.RolledBack ? ReleaseKind.RolledBack : ReleaseKind.Deployed,
            request.At ?? time.GetUtcNow(),
            "command line");
        await RecordAsync([release], cancel);
        return await SummaryAsync(release, cancel);
    }

    public async Task<IReadOnlyList<ReleaseSummary>> ReleasesAsync(string? service, int limit, CancellationToken cancel)
    {
        var summaries = new List<ReleaseSummary>();
        foreach (var release in await store.ListAsync(service, limit, cancel))
        {
            summaries.Add(await SummaryAsync(release, cancel));
        }

        return summaries;
    }

    /// <summary>Stores what was told, all of it or nothing. Gives how many were not known before.</summary>
    /// <exception cref="JourneyException">A name is too long, or a time can't be.</exception>
    public async Task<int> RecordAsync(IReadOnlyCollection<Release> releases, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(releases);
        foreach (var release in releases)
        {
            Check(release);
        }

        var added = await store.AddAsync(releases, cancel);
        foreach (var service in releases.Select(release => release.Service).Distinct(StringComparer.Ordinal))
        {
            news.Tell(new ServerEvent("release", service));
        }

        return added;
    }

    /// <summary>A version as people write it: a whole commit id is the revision itself, anything else may be a short one, a version or a tag.</summary>
    public static ReportedVersion VersionOf(string told) =>
        CommitId.TryParse(told, out _) ? ReportedVersion.None with { HeadRevision = told } : ReportedVersion.None with { ServiceVersion = told };

    private async Task<ReleaseSummary> SummaryAsync(Release release, CancellationToken cancel)
    {
        var isTold = release.Version != ReportedVersion.None;
        var resolved = isTold ? await revisions.OfAsync(release.Service, release.Version, cancel) : null;
        return new ReleaseSummary(
            release.Service,
            release.Environment,
            isTold ? release.Version.Display : null,
            resolved is { Revision: { Degraded: false, Commit: { } commit } } ? commit.Hex : null,
            release.Kind,
            release.At,
            release.Source);
    }

    private void Check(Release release)
    {
        foreach (var (name, text) in new[] { ("service", release.Service), ("environment", release.Environment), ("revision", release.Version.Display) })
        {
            if (Encoding.UTF8.GetByteCount(text) > LongestName || text.Any(char.IsControl))
            {
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"'{name}' is longer than {LongestName} bytes, or holds control characters"));
            }
        }

        if (release.At < s_earliest || release.At > time.GetUtcNow() + s_skew)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"nothing was deployed at {release.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: give a time since 2000 that is not ahead of now"));
        }
    }

    private static string Required(string name, string? text, string what) =>
        string.IsNullOrWhiteSpace(text) ? throw Wrong($"'{name}' is missing: give {what}") : text.Trim();

    private static JourneyException Wrong(string problem) => new(Fault.Usage, problem);
}
