using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Services;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Probation;

/// <summary>
/// Ties the places that a service's telemetry names to units of the repository and the commits that live in them. Late: a place whose commit or unit
/// is not known is sought again at the next reading.
/// </summary>
internal sealed class ServicePlaces(string service, ITelemetryStore telemetry, RunningRevisions revisions, UnitFinder units, ServiceMappings mappings)
{
    private readonly List<WatchedPlace> _known = [];
    private readonly List<ObservedPlace> _open = [];
    private long _last;

    /// <summary>Every place that is known by now; where probes count a unit its spans are marked, for they count the same calls again.</summary>
    public async Task<IReadOnlyList<WatchedPlace>> ReadAsync(string repository, CancellationToken cancel)
    {
        var fresh = await telemetry.PlacesAsync(service, _last, cancel);
        _last = fresh.Count == 0 ? _last : fresh[^1].Id;

        // Sampled spans of unknown share count nobody knows what, and tests are not production.
        _open.AddRange(fresh.Where(place => IsCounted(place) && !TestEnvironments.Holds(place.Environment)));
        foreach (var place in _open.ToList())
        {
            if (await WatchAsync(repository, place, cancel) is { } watched)
            {
                _known.Add(watched);
                _open.Remove(place);
            }
        }

        var probed = _known.Where(place => place.IsProbe).Select(place => (place.Part, place.Revision)).ToHashSet();
        return [.. _known.Select(place => !place.IsProbe && probed.Contains((place.Part, place.Revision)) ? place with { IsRedundant = true } : place)];
    }

    private static bool IsCounted(ObservedPlace place) => place.Source == "probe" || place.Sampling == "all";

    private async Task<WatchedPlace?> WatchAsync(string repository, ObservedPlace place, CancellationToken cancel)
    {
        if (await revisions.OfAsync(service, place.Version, cancel) is not { Revision: { Commit: { } revision, Degraded: false } } version
            || !string.Equals(version.Repository, repository, StringComparison.Ordinal)
            || await units.FindAsync(version, place.Location with { File = await mappings.PathAsync(service, place.Location.File, cancel) }, cancel) is not { } unit)
        {
            return null;
        }

        var part = place.Location is { Function: not null, Operation: { } operation } ? $" ({operation})" : "";
        return new WatchedPlace(
            place.Id,
            service,
            $"{service} in {place.Environment}",
            unit,
            unit.Symbol + part,
            revision,
            place.Source == "probe",
            place.FlagVariant,
            await CommitsAsync(version.Git, unit, revision, cancel));
    }

    private static async Task<ImmutableHashSet<CommitId>> CommitsAsync(GitRepository git, CodeUnit unit, CommitId revision, CancellationToken cancel) =>
        await git.Lines.OriginsAsync(unit.Path, revision, cancel) is { } file
            ? [.. file.Runs.Where(run => run.Span.Start <= unit.Span.End && run.Span.End >= unit.Span.Start).Select(run => run.Commit)]
            : [];
}
