using System.Globalization;
using System.Reflection;
using Airworthy.Replay;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Scaling;

/// <summary>The ways in which the input of a call can grow: each sequence, dictionary and text in it by itself, all together, and, where there is a base to hold it against, each whole number.</summary>
/// <param name="chance">Where items come from.</param>
/// <param name="parameters">The parameters, for their names.</param>
/// <param name="hasReceiver">Whether the first part is the object it is called on.</param>
internal sealed class Growth(Chance chance, ParameterInfo[] parameters, bool hasReceiver)
{
    private const int MostDepth = 5;
    private const int MostPlaces = 6;
    private const int MostUnits = 14;
    private const int Patterns = 16;

    private static readonly string[] s_units = ["a", " ", "a ", "1,", "(", "a\n", "ab", "<a>", "aB", "\"", "é"];

    /// <summary>The ways of an input.</summary>
    /// <param name="input">A call's input of any size.</param>
    /// <param name="withNumbers">Whether whole numbers count as sizes.</param>
    public IEnumerable<GrowthWay> Of(Recipe input, bool withNumbers)
    {
        var places = Places(input, [], 0).Take(MostPlaces).ToList();
        foreach (var path in places)
        {
            var node = At(input, path);
            var name = NameOf(path);
            if (node.Shape is ScalarShape)
            {
                foreach (var unit in Units())
                {
                    yield return new GrowthWay($"{name}: {ValueCode.Literal(unit)} again and again", size => Replaced(input, path, 0, new Recipe(node.Shape, 0, Repeated(unit, size), [])));
                }

                continue;
            }

            var items = Items(node);
            yield return new GrowthWay($"{name}: items that differ", size => Replaced(input, path, 0, Grown(node, items, size, isSame: false)));
            yield return new GrowthWay($"{name}: one item again and again", size => Replaced(input, path, 0, Grown(node, items, size, isSame: true)));
        }

        if (places.Count > 1)
        {
            var grow = places.Select(path => (Path: path, Node: At(input, path), Items: Items(At(input, path)))).ToList();
            yield return new GrowthWay($"{string.Join(" and ", places.Select(NameOf).Distinct(StringComparer.Ordinal))} together", size => grow.Aggregate(input, (grown, one) => Replaced(grown, one.Path, 0, Grown(one.Node, one.Items, size, isSame: false))));
        }

        for (var i = hasReceiver ? 1 : 0; withNumbers && i < input.Parts.Length; i++)
        {
            var (at, part) = (i, input.Parts[i]);
            if (part is { Shape: ScalarShape, Value: int or long })
            {
                yield return new GrowthWay($"{NameOf([i])}: the number itself", size => input.With(at, new Recipe(part.Shape, 0, part.Value is int ? size : (long)size, [])));
            }
        }
    }

    private string NameOf(int[] path) => hasReceiver && path[0] == 0 ? "the object" : parameters[path[0] - (hasReceiver ? 1 : 0)].Name ?? "an argument";

    private IEnumerable<string> Units() => s_units.Concat(chance.Characters.Select(character => character.ToString())).Concat(chance.Texts.Where(text => text.Length is > 1 and < 20)).Distinct(StringComparer.Ordinal).Take(MostUnits);

    private static string Repeated(string unit, int size) => string.Concat(Enumerable.Repeat(unit, (size / unit.Length) + 1))[..size];

    private static IEnumerable<int[]> Places(Recipe recipe, int[] path, int depth)
    {
        if (path.Length > 0 && (recipe.Shape is SequenceShape or PairsShape || recipe is { Shape: ScalarShape, Value: string }))
        {
            yield return path;
            yield break;
        }

        for (var i = 0; i < recipe.Parts.Length && depth < MostDepth; i++)
        {
            foreach (var found in Places(recipe.Parts[i], [.. path, i], depth + 1))
            {
                yield return found;
            }
        }
    }

    private static Recipe At(Recipe recipe, int[] path) => path.Aggregate(recipe, (at, index) => at.Parts[index]);

    private static Recipe Replaced(Recipe recipe, int[] path, int depth, Recipe by) => depth == path.Length ? by : recipe.With(path[depth], Replaced(recipe.Parts[path[depth]], path, depth + 1, by));

    /// <summary>Items that all sizes are made of: what they cost is the same in each.</summary>
    private Recipe[][] Items(Recipe node) => node.Shape is ScalarShape ? [] : [.. Enumerable.Range(0, Patterns).Select(_ => Enumerable.Range(0, node.Shape is PairsShape ? 2 : 1).Select(part => node.Shape.Part(0, part).Make(chance, 1)).ToArray())];

    private static Recipe Grown(Recipe node, Recipe[][] items, int size, bool isSame)
    {
        if (node.Shape is ScalarShape)
        {
            return new Recipe(node.Shape, 0, Repeated("a ", size), []);
        }

        return new Recipe(node.Shape, 0, null, [.. Enumerable.Range(0, size).SelectMany(i => items[isSame ? 0 : i % Patterns].Select(item => isSame ? item : Stamped(item, i) ?? item))]);
    }

    /// <summary>The recipe with a number of its own in its first value that can hold one; null when none can.</summary>
    private static Recipe? Stamped(Recipe recipe, int number)
    {
        if (recipe.Shape is ScalarShape)
        {
            object? stamped = recipe.Value switch
            {
                string => "k" + number.ToString(CultureInfo.InvariantCulture),
                int => number,
                long => (long)number,
                double => (double)number,
                decimal => (decimal)number,
                short => (short)number,
                uint => (uint)number,
                ulong => (ulong)number,
                byte => (byte)number,
                char => (char)('a' + (number % 26)),
                DateTime time => time.AddDays(number % 100_000 - (time.Year > 5000 ? 200_000 : 0)),
                _ => null,
            };
            return stamped is null ? null : new Recipe(recipe.Shape, recipe.Choice, stamped, []);
        }

        for (var i = 0; i < recipe.Parts.Length; i++)
        {
            if (Stamped(recipe.Parts[i], number) is { } part)
            {
                return recipe.With(i, part);
            }
        }

        return null;
    }
}
