using Airworthy.Journeys.Production;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Repositories;

/// <summary>
/// Matches services to repositories. A sender may say anything, so what it says only proposes. A repository that the operator named on the
/// command line confirms the services its own <c>airworthy.yml</c> lists, and those that run a revision only it holds.
/// </summary>
public sealed class ServiceMatching(
    ITelemetryStore telemetry, IServiceRegistry registry, RepositoryIndexer indexer, RepositoryRegistration registration, RunningRevisions revisions)
{
    /// <summary>Claims what can be claimed of services that no repository is confirmed for. True when a claim was confirmed.</summary>
    public async Task<bool> MatchAsync(CancellationToken cancel)
    {
        var claims = await registry.ClaimsAsync(cancel);
        var arrivals = await telemetry.ArrivalsAsync(service: null, cancel);
        var confirmed = false;
        foreach (var service in arrivals.GroupBy(arrival => arrival.Service, StringComparer.Ordinal))
        {
            var own = claims.Where(claim => string.Equals(claim.Service, service.Key, StringComparison.Ordinal)).ToList();
            if (service.Key.Length > 0 && !own.Exists(claim => claim.Confirmed))
            {
                confirmed |= await MatchAsync(service.Key, [.. service.Select(arrival => arrival.Version).Distinct()], own, cancel);
            }
        }

        return confirmed;
    }

    private async Task<bool> MatchAsync(string service, ReportedVersion[] versions, List<ServiceClaim> own, CancellationToken cancel)
    {
        var listing = new List<string>();
        var running = new List<string>();
        foreach (var repository in await registry.RepositoriesAsync(cancel))
        {
            if (indexer.AtTip(repository.Name)?.Policy.Services.Contains(service, StringComparer.Ordinal) == true)
            {
                listing.Add(repository.Name);
            }
            else if (await HoldsAsync(repository, versions, cancel))
            {
                running.Add(repository.Name);
            }
        }

        var matches = listing.Count > 0 ? listing : running;
        var confirms = matches.Where(registration.IsNamedByOperator).ToList() is [var only] ? only : null;
        foreach (var match in matches)
        {
            var isConfirmed = string.Equals(match, confirms, StringComparison.Ordinal);
            if (isConfirmed || !own.Exists(claim => string.Equals(claim.Repository, match, StringComparison.Ordinal)))
            {
                await registry.ClaimAsync(new ServiceClaim(service, match, isConfirmed), cancel);
            }
        }

        return confirms is not null;
    }

    private async Task<bool> HoldsAsync(RegisteredRepository repository, ReportedVersion[] versions, CancellationToken cancel)
    {
        foreach (var version in versions)
        {
            if (await revisions.InAsync(repository.Name, version, cancel) is { Revision: { Commit: not null, Degraded: false } })
            {
                return true;
            }
        }

        return false;
    }
}
