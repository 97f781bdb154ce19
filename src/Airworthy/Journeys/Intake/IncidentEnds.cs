using Airworthy.Incidents;
using Airworthy.Model;
using Airworthy.Telemetry.Releases;

namespace Airworthy.Journeys.Intake;

/// <summary>
/// Resolves incidents that a release ended: another version came to run after it was last seen, and since then it was not seen for an hour. When it is seen
/// again it comes back as a regression.
/// </summary>
public sealed class IncidentEnds(IIncidentStore incidents, IReleaseStore releases, ServerNews news, TimeProvider time)
{
    private const int MostIncidents = 1000;
    private const int MostReleases = 200;
    private static readonly TimeSpan s_quiet = TimeSpan.FromHours(1);

    /// <summary>Looks at every open incident once.</summary>
    public async Task ResolveAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var open = (await incidents.ListAsync(MostIncidents, cancel)).Where(incident => incident.Status == IncidentStatus.Open && incident.LastSeen <= now - s_quiet);
        foreach (var service in open.GroupBy(incident => incident.Service, StringComparer.Ordinal))
        {
            var told = (await releases.ListAsync(service.Key, MostReleases, cancel)).Where(release => release.Kind is ReleaseKind.Deployed or ReleaseKind.RolledBack).ToList();
            foreach (var incident in service)
            {
                if (told.LastOrDefault(release => Ends(release, incident, now)) is { } release)
                {
                    var what = $"{(release.Kind == ReleaseKind.RolledBack ? "rollback" : "deploy")} {(release.Kind == ReleaseKind.RolledBack ? "to" : "of")} {release.Version.Display}";
                    await incidents.ResolveAsync(incident.ResolvedBy(what, release.At), cancel);
                    news.Tell(new ServerEvent("incident", incident.Id.Value));
                }
            }
        }
    }

    private static bool Ends(Release release, Incident incident, DateTimeOffset now) =>
        release.At >= incident.LastSeen && release.At <= now - s_quiet
        && string.Equals(release.Environment, incident.Environment, StringComparison.Ordinal)
        && !incident.Versions.Any(version => string.Equals(version.Display, release.Version.Display, StringComparison.Ordinal));
}
