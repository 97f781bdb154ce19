using System.Collections.Immutable;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Services;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Probation;

/// <summary>
/// Takes operations (routes, span names) for the units that nothing else counts and that the stack traces of their failures went through. An operation
/// is more than one unit: what is told of it is told of all that its traces name.
/// </summary>
internal sealed class OperationPlaces(string service, IOperationLinks links, UnitFinder units, ServiceMappings mappings)
{
    private readonly Dictionary<(CommitId Revision, string Function, string File), (CodeUnit Unit, ImmutableHashSet<CommitId> Commits)?> _units = [];

    /// <summary>The places of operations as places of units.</summary>
    /// <param name="operations">Places that name no code, in versions that are known.</param>
    /// <param name="counted">The units that probes or spans of their own count, by symbol and revision.</param>
    /// <param name="cancel">Ends the look-ups.</param>
    public async Task<IReadOnlyList<WatchedPlace>> OfAsync(
        IReadOnlyCollection<(ObservedPlace Place, ResolvedVersion Version)> operations, IReadOnlySet<(string Symbol, CommitId Revision)> counted, CancellationToken cancel)
    {
        var found = new List<WatchedPlace>();
        var known = operations.Count == 0 ? [] : (await links.OfAsync(service, cancel)).GroupBy(link => link.Operation, StringComparer.Ordinal).ToList();
        foreach (var revision in operations.GroupBy(operation => operation.Version.Revision.Commit!.Value))
        {
            foreach (var operation in known)
            {
                // A server's own metric and its spans count the same calls: the metric counts each.
                var places = revision.Where(one => operation.First().IsCountedAs(one.Place.Location.Operation!)).ToList();
                var source = places.Exists(one => one.Place.Source == "metric") ? "metric" : "span";
                foreach (var link in places.Count == 0 ? [] : operation.AsEnumerable())
                {
                    if (await UnitAsync(link, places[0].Version, cancel) is var (unit, commits) && !counted.Contains((unit.Symbol, revision.Key)))
                    {
                        found.AddRange(places.Where(one => one.Place.Source == source).Select(one => new WatchedPlace(
                            one.Place.Id,
                            service,
                            WatchedPlace.TrafficOf(service, one.Place),
                            unit,
                            $"{unit.Symbol} by {link.Operation}",
                            revision.Key,
                            IsProbe: false,
                            one.Place.FlagVariant,
                            commits)
                        {
                            Link = link,
                        }));
                    }
                }
            }
        }

        return found;
    }

    private async Task<(CodeUnit Unit, ImmutableHashSet<CommitId> Commits)?> UnitAsync(OperationLink link, ResolvedVersion version, CancellationToken cancel)
    {
        var (revision, key) = (version.Revision.Commit!.Value, (version.Revision.Commit!.Value, link.Function, link.File));
        if (!_units.TryGetValue(key, out var known))
        {
            var file = await mappings.PathAsync(service, link.File.Length == 0 ? null : link.File, cancel);
            known = await units.FindAsync(version, new ObservedLocation(link.Function, file, null, null), cancel) is { } unit
                ? (unit, await WatchedPlace.CommitsAsync(version.Git, unit, revision, cancel))
                : null;
            _units.Add(key, known);
        }

        return known;
    }
}
