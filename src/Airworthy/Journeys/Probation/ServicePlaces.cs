using Airworthy.Journeys.Production;
using Airworthy.Journeys.Services;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Probation;

/// <summary>
/// Ties the places that a service's telemetry names to units of the repository and the commits that live in them. Late: a place whose commit or unit
/// is not known is sought again at the next reading.
/// </summary>
internal sealed class ServicePlaces(
    string service, ITelemetryStore telemetry, IOperationLinks links, RunningRevisions revisions, UnitFinder units, ServiceMappings mappings)
{
    private readonly OperationPlaces _byOperation = new(service, links, units, mappings);
    private readonly List<(ObservedPlace Place, ResolvedVersion Version)> _operations = [];
    private readonly List<WatchedPlace> _known = [];
    private List<ObservedPlace> _open = [];
    private long _last;

    /// <summary>Every place that is known by now; where probes count a unit its spans are marked, for they count the same calls again.</summary>
    public async Task<IReadOnlyList<WatchedPlace>> ReadAsync(string repository, CancellationToken cancel)
    {
        var fresh = await telemetry.PlacesAsync(service, _last, cancel);
        _last = fresh.Count == 0 ? _last : fresh[^1].Id;

        // Sampled spans of unknown share count nobody knows what, and tests are not production.
        _open.AddRange(fresh.Where(place => IsCounted(place) && !TestEnvironments.Holds(place.Environment)));
        // Taken over together: one that can't be read ends the reading, and all are sought again.
        var (known, operations, open) = (new List<WatchedPlace>(), new List<(ObservedPlace, ResolvedVersion)>(), new List<ObservedPlace>());
        // Thousands of places are of one version, also of one that no repository will ever hold: each is asked for once.
        var versions = new Dictionary<ReportedVersion, ResolvedVersion?>();
        foreach (var place in _open)
        {
            if (!versions.TryGetValue(place.Version, out var version))
            {
                versions.Add(place.Version, version = await VersionAsync(repository, place.Version, cancel));
            }

            if (version is not null && place.IsOperation)
            {
                operations.Add((place, version));
            }
            else if (version is not null && await WatchAsync(place, version, cancel) is { } watched)
            {
                known.Add(watched);
            }
            else
            {
                open.Add(place);
            }
        }

        _known.AddRange(known);
        _operations.AddRange(operations);
        _open = open;

        var probed = _known.Where(place => place.IsProbe).Select(place => (place.Part, place.Revision)).ToHashSet();
        return
        [
            .. _known.Select(place => !place.IsProbe && probed.Contains((place.Part, place.Revision)) ? place with { IsRedundant = true } : place),
            .. await _byOperation.OfAsync(_operations, _known.Select(place => (place.Unit.Symbol, place.Revision)).ToHashSet(), cancel),
        ];
    }

    private static bool IsCounted(ObservedPlace place) => place.Source == "probe" || place.Sampling == "all";

    private async Task<ResolvedVersion?> VersionAsync(string repository, ReportedVersion reported, CancellationToken cancel) =>
        await revisions.OfAsync(service, reported, cancel) is { Revision: { Commit: not null, Degraded: false } } version
        && string.Equals(version.Repository, repository, StringComparison.Ordinal) ? version : null;

    private async Task<WatchedPlace?> WatchAsync(ObservedPlace place, ResolvedVersion version, CancellationToken cancel)
    {
        if (await units.FindAsync(version, place.Location with { File = await mappings.PathAsync(service, place.Location.File, cancel) }, cancel) is not { } unit)
        {
            return null;
        }

        var revision = version.Revision.Commit!.Value;
        var part = place.Location is { Function: not null, Operation: { } operation } ? $" ({operation})" : "";
        return new WatchedPlace(
            place.Id,
            service,
            WatchedPlace.TrafficOf(service, place),
            unit,
            unit.Symbol + part,
            revision,
            place.Source == "probe",
            place.FlagVariant,
            await WatchedPlace.CommitsAsync(version.Git, unit, revision, cancel));
    }
}
