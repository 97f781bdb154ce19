using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Journeys.Probation;

/// <summary>Which places have a change, and what each other is compared as.</summary>
/// <param name="Places">By number: what met the same traffic, and the side it is on.</param>
/// <param name="On">Those that have the change.</param>
/// <param name="Flag">The flag that decides by lot, when telemetry tells its variants; null when none does.</param>
internal sealed record ChangeSides(ImmutableDictionary<long, (string Traffic, Side Side)> Places, IReadOnlyList<WatchedPlace> On, string? Flag)
{
    /// <summary>The variant in which the change is kept off.</summary>
    public const string OffVariant = "off";

    /// <summary>The sides of a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="on">Places in which it lives.</param>
    /// <param name="byUnit">All places, by the unit or its part.</param>
    /// <param name="landed">Which revisions hold it.</param>
    /// <param name="flags">The flags that keep it off.</param>
    /// <param name="controls">Units that no change touched.</param>
    /// <param name="cancel">Ends the look-ups.</param>
    public static async Task<ChangeSides> OfAsync(
        Change change,
        IReadOnlyList<WatchedPlace> on,
        ILookup<string, WatchedPlace> byUnit,
        LandedCommits landed,
        IReadOnlyCollection<string> flags,
        ControlUnits controls,
        CancellationToken cancel)
    {
        // Only spans tell flags: where they do, nothing but spans is counted, for probes count both variants as one.
        var flag = flags.FirstOrDefault(key => on.Any(place => place.VariantOf(key) == OffVariant));
        var counted = on.Where(place => flag is null ? !place.IsRedundant : place.VariantOf(flag) is not null).ToList();
        var sides = counted.ToImmutableDictionary(
            place => place.Id, place => (place.Traffic, flag is not null && place.VariantOf(flag) == OffVariant ? Side.Off : Side.Change)).ToBuilder();
        foreach (var place in counted.Select(place => place.Part).Distinct(StringComparer.Ordinal).SelectMany(part => byUnit[part]))
        {
            // Where it landed and does not live any more, it was rewritten: that is neither side.
            if (!sides.ContainsKey(place.Id)
                && (flag is null ? !place.IsRedundant : !place.IsProbe)
                && !await landed.AreInAsync(change.Landed, place.Revision, cancel))
            {
                sides.Add(place.Id, (place.Traffic, Side.Baseline));
            }
        }

        foreach (var control in await controls.ForAsync(change, counted, landed, cancel))
        {
            sides.TryAdd(control.Id, (control.Traffic, Side.Control));
        }

        return new ChangeSides(sides.ToImmutable(), counted, flag);
    }
}
