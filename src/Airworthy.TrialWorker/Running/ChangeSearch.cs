using System.Collections.Immutable;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Running;

/// <summary>
/// Inputs that ran what changed, kept by the place they ran: what lies near them is where the sides may part. Places that few inputs come to are drawn as often as those that all do.
/// </summary>
/// <param name="places">For each side, the counters that stand at what changed.</param>
internal sealed class ChangeSearch(IReadOnlyList<(EdgeCounters Counters, ImmutableArray<int> Edges)> places)
{
    /// <summary>Places on each side that are watched: each is asked after each input.</summary>
    private const int MostPlaces = 512;

    private const int MostKept = 16;

    private readonly IReadOnlyList<(EdgeCounters Counters, ImmutableArray<int> Edges)> _watched = [.. places.Select(side => (side.Counters, Spread(side.Edges)))];
    private readonly Place?[][] _reached = [.. places.Select(side => new Place?[Math.Min(MostPlaces, side.Edges.Length)])];
    private readonly List<Place> _places = [];
    private long _tried;

    /// <summary>Whether it is known which inputs ran what changed.</summary>
    public bool IsKnown { get; } = places.Any(place => place.Edges.Length > 0);

    /// <summary>Inputs that ran it.</summary>
    public long Reached { get; private set; }

    /// <summary>Whether there is a place that so few inputs run that they are worth more than others.</summary>
    public bool IsRare => _places.Exists(place => place.Times * 4 < _tried);

    /// <summary>Tells what came of the last input.</summary>
    public void Learn(Recipe recipe, Chance chance)
    {
        if (!IsKnown)
        {
            return;
        }

        _tried++;
        var isAt = false;
        for (var side = 0; side < _watched.Count; side++)
        {
            var (counters, edges) = _watched[side];
            for (var i = 0; i < edges.Length; i++)
            {
                if (!counters.HasPassed(edges[i]))
                {
                    continue;
                }

                isAt = true;
                if (_reached[side][i] is not { } place)
                {
                    _reached[side][i] = place = new Place();
                    _places.Add(place);
                }

                place.Times++;
                if (place.Kept.Count < MostKept)
                {
                    place.Kept.Add(recipe);
                }
                else if (chance.OneIn(8))
                {
                    place.Kept[chance.Below(MostKept)] = recipe;
                }
            }
        }

        Reached += isAt ? 1 : 0;
    }

    /// <summary>An input that ran one; of two places the one that fewer inputs run.</summary>
    public Recipe Draw(Chance chance)
    {
        var (one, other) = (chance.Of(_places), chance.Of(_places));
        return chance.Of((one.Times < other.Times ? one : other).Kept);
    }

    /// <summary>As many of them as are watched, from all over.</summary>
    private static ImmutableArray<int> Spread(ImmutableArray<int> edges) =>
        edges.Length <= MostPlaces ? edges : [.. Enumerable.Range(0, MostPlaces).Select(i => edges[(int)((long)i * edges.Length / MostPlaces)])];

    private sealed class Place
    {
        public long Times { get; set; }

        public List<Recipe> Kept { get; } = [];
    }
}
