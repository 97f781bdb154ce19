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
    /// <param name="byName">All places, by the unit's name without its parameters.</param>
    /// <param name="landed">Which revisions hold it.</param>
    /// <param name="flags">The flags that keep it off.</param>
    /// <param name="controls">Units that no change touched.</param>
    /// <param name="cancel">Ends the look-ups.</param>
    public static async Task<ChangeSides> OfAsync(
        Change change,
        IReadOnlyList<WatchedPlace> on,
        ILookup<string, WatchedPlace> byUnit,
        ILookup<string, WatchedPlace> byName,
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
        var alone = new List<string>();
        foreach (var part in counted.GroupBy(place => place.Part, StringComparer.Ordinal))
        {
            var baseline = await WithoutAsync(byUnit[part.Key]);
            if (baseline.Count == 0 && counted.Where(place => place.Name == part.First().Name).All(place => place.Part == part.Key))
            {
                // A function that takes one more parameter has another symbol; it is the same one where no other has its name.
                var named = await WithoutAsync(byName[part.First().Name]);
                baseline = named.Select(place => place.Part).Distinct(StringComparer.Ordinal).Count() == 1 ? named : [];
            }

            alone.AddRange(baseline.Count == 0 ? [part.Key] : []);
            foreach (var place in baseline)
            {
                sides.TryAdd(place.Id, (place.Traffic, Side.Baseline));
            }
        }

        // What only the change brought has nothing to be compared with, and is not set against the rest.
        if (flag is null && sides.Values.Any(side => side is (_, Side.Baseline)))
        {
            // An operation stands in for each unit it leads to: one of them that was there before is enough.
            foreach (var place in counted.GroupBy(place => place.Id).Where(place => place.All(one => alone.Contains(one.Part, StringComparer.Ordinal))))
            {
                sides[place.Key] = (place.First().Traffic, Side.Alone);
            }
        }

        foreach (var control in await controls.ForAsync(change, counted, landed, cancel))
        {
            sides.TryAdd(control.Id, (control.Traffic, Side.Control));
        }

        return new ChangeSides(sides.ToImmutable(), counted, flag);

        async Task<List<WatchedPlace>> WithoutAsync(IEnumerable<WatchedPlace> places)
        {
            var without = new List<WatchedPlace>();
            foreach (var place in places)
            {
                // Where it landed and does not live any more, it was rewritten: that is neither side.
                if (!sides.ContainsKey(place.Id)
                    && (flag is null ? !place.IsRedundant : !place.IsProbe)
                    && !await landed.AreInAsync(change.Landed, place.Revision, cancel))
                {
                    without.Add(place);
                }
            }

            return without;
        }
    }
}
