using Airworthy.Journeys.Production;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Repositories;
using Airworthy.Journeys.Services;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Probation;

/// <summary>
/// Ties operations, whose spans name no code, to the functions that the stack traces of their failures went through. It bounds how often a function
/// ran that nothing counts.
/// </summary>
public sealed class OperationReach(
    ITelemetryStore telemetry, IOperationLinks links, IServiceRegistry registry, RunningRevisions revisions, UnitFinder units, ServiceMappings mappings)
{
    private const int MostOperations = 5;

    /// <summary>The operations that lead to some units of a change, by symbol, the most called first; units that none leads to are left out.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<ReachingOperation>>> OfAsync(
        RepositoryView view, Change change, IReadOnlySet<string> symbols, CancellationToken cancel)
    {
        var found = new Dictionary<string, List<ReachingOperation>>(StringComparer.Ordinal);
        var tip = new ResolvedVersion(view.Name, view.Git, new DeployedRevision(view.Revision, RevisionSource.Given, Degraded: false));
        foreach (var claim in symbols.Count == 0 ? [] : await registry.ClaimsAsync(cancel))
        {
            if (!claim.Confirmed || !string.Equals(claim.Repository, view.Name, StringComparison.Ordinal))
            {
                continue;
            }

            var reached = new List<(string Symbol, OperationLink Link)>();
            foreach (var link in await links.OfAsync(claim.Service, cancel))
            {
                var file = await mappings.PathAsync(claim.Service, link.File.Length == 0 ? null : link.File, cancel);
                if (await units.FindAsync(tip, new ObservedLocation(link.Function, file, null, null), cancel) is { } unit && symbols.Contains(unit.Symbol))
                {
                    reached.Add((unit.Symbol, link));
                }
            }

            if (reached.Count > 0)
            {
                var called = await CalledAsync(view, change, claim.Service, cancel);
                foreach (var (symbol, link) in reached)
                {
                    var (calls, bad) = called.Where(one => link.IsCountedAs(one.Key)).Select(one => one.Value).DefaultIfEmpty().MaxBy(one => one.Calls);
                    if (!found.TryGetValue(symbol, out var operations))
                    {
                        found.Add(symbol, operations = []);
                    }

                    operations.Add(new ReachingOperation(claim.Service, link.Operation, calls, bad, link.Through, link.Traces));
                }
            }
        }

        return found.ToDictionary(
            one => one.Key, one => (IReadOnlyList<ReachingOperation>)[.. one.Value.OrderByDescending(operation => operation.Calls).Take(MostOperations)], StringComparer.Ordinal);
    }

    /// <summary>How often a service's operations were called in versions in which a change is, by operation and what counted it the most.</summary>
    private async Task<Dictionary<string, (long Calls, long Bad)>> CalledAsync(RepositoryView view, Change change, string service, CancellationToken cancel)
    {
        var holding = new Dictionary<ReportedVersion, bool>();
        var places = new List<ObservedPlace>();
        foreach (var place in (await telemetry.PlacesAsync(service, 0, cancel)).Where(place => place.IsOperation))
        {
            if (!holding.TryGetValue(place.Version, out var holds))
            {
                holding.Add(place.Version, holds = await HoldsAsync(view, change, service, place.Version, cancel));
            }

            if (holds && !TestEnvironments.Holds(place.Environment))
            {
                places.Add(place);
            }
        }

        // A server's own metric and its spans count the same calls: the one that counts more counts all.
        var ran = (await telemetry.ExposureAsync([.. places.Select(place => place.Id)], cancel)).ToDictionary(place => place.Place);
        return places
            .Where(place => ran.ContainsKey(place.Id))
            .GroupBy(place => (place.Location.Operation, place.Source))
            .Select(counted => (counted.Key.Operation, Calls: counted.Sum(place => ran[place.Id].Calls), Bad: counted.Sum(place => ran[place.Id].Bad)))
            .GroupBy(counted => counted.Operation!, StringComparer.Ordinal)
            .ToDictionary(operation => operation.Key, operation => operation.Max(counted => (counted.Calls, counted.Bad)), StringComparer.Ordinal);
    }

    private async Task<bool> HoldsAsync(RepositoryView view, Change change, string service, ReportedVersion version, CancellationToken cancel) =>
        await revisions.OfAsync(service, version, cancel) is { Revision: { Commit: { } revision, Degraded: false } } running
        && string.Equals(running.Repository, view.Name, StringComparison.Ordinal)
        && await view.Git.IsAncestorAsync(change.Landed, revision, cancel);
}
