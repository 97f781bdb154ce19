using Airworthy.Model;

namespace Airworthy.Journeys.Probation;

/// <summary>
/// Units that no change touched between the versions that ran: by them it is told what else turned while a change was rolled out. A unit that calls what
/// a change is in fails with it, so it is none: every unit that names it, and every unit that names one of those, is left out.
/// </summary>
internal sealed class ControlUnits
{
    private const int MostPerTraffic = 40;
    private const int MostForChange = 20;

    private readonly Dictionary<string, List<IGrouping<string, WatchedPlace>>> _pool;
    private readonly Func<IEnumerable<string>, IReadOnlySet<string>?> _callersOf;

    /// <param name="places">All places of a repository's services.</param>
    /// <param name="callersOf">The names that lead to some names, themselves among them; null when that can't be told.</param>
    public ControlUnits(IEnumerable<WatchedPlace> places, Func<IEnumerable<string>, IReadOnlySet<string>?> callersOf)
    {
        _callersOf = callersOf;
        _pool = places
            .Where(place => place is { IsRedundant: false, Link: null, Flags.Length: 0 })
            .GroupBy(place => place.Traffic, StringComparer.Ordinal)
            .ToDictionary(
                traffic => traffic.Key,
                traffic => traffic
                    .GroupBy(place => place.Part, StringComparer.Ordinal)
                    .Where(unit => unit.Select(place => place.Revision).Distinct().Skip(1).Any() && unit.All(place => place.Commits.SetEquals(unit.First().Commits)))
                    .OrderBy(unit => unit.Key, StringComparer.Ordinal)
                    .Take(MostPerTraffic)
                    .ToList(),
                StringComparer.Ordinal);
    }

    /// <summary>The places of units that a change did not touch and whose failing is not its doing, in versions with it and without.</summary>
    public async Task<IReadOnlyList<WatchedPlace>> ForAsync(Change change, IReadOnlyList<WatchedPlace> on, LandedCommits landed, CancellationToken cancel)
    {
        var traffics = on.Select(place => place.Traffic).Distinct(StringComparer.Ordinal).Where(traffic => _pool.GetValueOrDefault(traffic) is { Count: > 0 }).ToList();
        if (traffics.Count == 0 || _callersOf(on.Select(place => SimpleName(place.Unit)).Distinct(StringComparer.Ordinal)) is not { } callers)
        {
            return [];
        }

        var controls = new List<WatchedPlace>();
        foreach (var traffic in traffics)
        {
            var taken = 0;
            foreach (var unit in _pool[traffic])
            {
                if (taken < MostForChange && !callers.Contains(SimpleName(unit.First().Unit)) && await SpansAsync(unit, change, landed, cancel))
                {
                    taken++;
                    controls.AddRange(unit);
                }
            }
        }

        return controls;
    }

    /// <summary>The name by which other code calls a unit.</summary>
    public static string SimpleName(CodeUnit unit)
    {
        var symbol = unit.Symbol;
        var bare = symbol.IndexOf('(', StringComparison.Ordinal) is var bracket and >= 0 ? symbol[..bracket] : symbol;
        var name = bare[(bare.LastIndexOfAny(['.', ':', '#']) + 1)..];

        // A constructor is called by its type's name, an accessor by its property's.
        return name is "ctor" or "cctor" ? bare[..^(name.Length + 2)].Split('.', ':')[^1]
            : name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name[4..]
            : name.Split('`')[0];
    }

    private static async Task<bool> SpansAsync(IEnumerable<WatchedPlace> unit, Change change, LandedCommits landed, CancellationToken cancel)
    {
        var (with, without) = (false, false);
        foreach (var place in unit)
        {
            if (await landed.AreInAsync(change.Landed, place.Revision, cancel))
            {
                with = true;
            }
            else
            {
                without = true;
            }
        }

        return with && without;
    }
}
