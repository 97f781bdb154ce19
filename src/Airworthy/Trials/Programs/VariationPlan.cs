using System.Collections.Immutable;

namespace Airworthy.Trials.Programs;

/// <summary>
/// The order in which variations are tried: the ordinary run, each value alone, then in turn two values together and all values by chance. What needs one or
/// two unusual values is met soon and told simply; what needs more is met by chance, since one such run holds many combinations.
/// </summary>
public static class VariationPlan
{
    /// <summary>So many draws in a row that bring nothing new end the plan.</summary>
    private const int MostRepeats = 1_000;

    /// <summary>All variations once, or without end while chance brings new ones.</summary>
    /// <param name="dimensions">What varies.</param>
    /// <param name="seed">The same seed, the same order.</param>
    public static IEnumerable<Variation> Of(ImmutableArray<Dimension> dimensions, int seed)
    {
        var seen = new HashSet<Variation>();
        var ordinary = Variation.Ordinary(dimensions);
        foreach (var near in Singles(ordinary).Prepend(ordinary))
        {
            seen.Add(near);
            yield return near;
        }

        // A plan is drawn again for a replay, and nobody is to guess at it: not a matter of secrecy.
#pragma warning disable CA5394
        var random = new Random(seed);
        var pairs = Pairs(ordinary).ToArray();
        random.Shuffle(pairs);
        var next = 0;
        for (var repeats = 0; repeats < MostRepeats || next < pairs.Length;)
        {
            if (next < pairs.Length && seen.Add(pairs[next]))
            {
                yield return pairs[next];
            }

            next++;
            var drawn = ordinary with { Choice = [.. dimensions.Select(dimension => random.Next(dimension.Values.Length))] };
            if (seen.Add(drawn))
            {
                repeats = 0;
                yield return drawn;
            }
            else
            {
                repeats++;
            }
        }
#pragma warning restore CA5394
    }

    private static IEnumerable<Variation> Singles(Variation from)
    {
        for (var at = 0; at < from.Dimensions.Length; at++)
        {
            for (var value = 1; value < from.Dimensions[at].Values.Length; value++)
            {
                yield return from.With(at, value);
            }
        }
    }

    private static IEnumerable<Variation> Pairs(Variation ordinary) =>
        from one in Singles(ordinary)
        let last = one.Choice.Select((index, at) => (index, at)).First(pair => pair.index != 0).at
        from two in Singles(one)
        where two.Distance == 2 && two.Choice.Select((index, at) => (index, at)).Last(pair => pair.index != 0).at > last
        select two;
}
