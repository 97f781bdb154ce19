using System.Collections.Concurrent;
using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Journeys.Repositories;
using Airworthy.Journeys.Services;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Production;

/// <summary>
/// Tells which revision a service ran from the version it sent, late: each time it is asked, until the commit is there. A found commit is
/// remembered; what is not found, or is only a branch's tip, is sought again.
/// </summary>
public sealed class RunningRevisions(IServiceRegistry registry, RepositoryShelf shelf, ServiceMappings mappings, TimeProvider time)
{
    private const int MostRemembered = 10_000;

    // Long enough that a crowd of incidents of one version asks git once, too short for anyone to wait on.
    private static readonly TimeSpan s_unfoundHolds = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Repository, ReportedVersion Version), (DeployedRevision Revision, DateTimeOffset Until)> _known = new();

    /// <summary>
    /// What a service's version means; null when no repository is confirmed for the service. Of several, the one that holds the commit.
    /// </summary>
    public async Task<ResolvedVersion?> OfAsync(string service, ReportedVersion version, CancellationToken cancel)
    {
        version = await mappings.VersionAsync(service, version, cancel);
        ResolvedVersion? best = null;
        foreach (var claim in await registry.ClaimsAsync(cancel))
        {
            if (!claim.Confirmed || !string.Equals(claim.Service, service, StringComparison.Ordinal))
            {
                continue;
            }

            var resolved = await InAsync(claim.Repository, version, cancel);
            if (resolved is { Revision: { Commit: not null, Degraded: false } })
            {
                return resolved;
            }

            best = best is { Revision.Commit: not null } ? best : resolved ?? best;
        }

        return best;
    }

    /// <summary>What a version means in one repository; null when that can't be read now.</summary>
    public async Task<ResolvedVersion?> InAsync(string repository, ReportedVersion version, CancellationToken cancel)
    {
        try
        {
            return await shelf.OpenAsync(repository, cancel) is { } git
                ? new ResolvedVersion(repository, git, await ResolveAsync(repository, git, version, cancel))
                : null;
        }
        catch (GitException)
        {
            return null;
        }
    }

    private async Task<DeployedRevision> ResolveAsync(string repository, GitRepository git, ReportedVersion version, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue((repository, version), out var known) && known.Until > now)
        {
            return known.Revision;
        }

        var revision = await RevisionResolver.ResolveAsync(version, git, cancel);
        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        var until = revision is { Commit: not null, Degraded: false } ? DateTimeOffset.MaxValue : now + s_unfoundHolds;
        _known[(repository, version)] = (revision, until);
        return revision;
    }
}
