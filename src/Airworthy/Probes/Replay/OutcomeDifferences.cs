using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Airworthy.Probes.Replay;

/// <summary>Compares outcomes leaf by leaf.</summary>
public static class OutcomeDifferences
{
    /// <summary>The places in which two outcomes differ, in the order of their names.</summary>
    /// <param name="one">The base's outcome.</param>
    /// <param name="other">The head's outcome.</param>
    /// <param name="unstable">Places that differ by themselves, base against base; everything below them counts as the same.</param>
    public static ImmutableArray<ReplayDifference> Of(JsonElement one, JsonElement other, IReadOnlyCollection<string> unstable)
    {
        var (left, right) = (Leaves(one), Leaves(other));
        return
        [
            .. left.Keys.Union(right.Keys, StringComparer.Ordinal)
                .Where(path => !unstable.Any(place => IsWithin(path, place)))
                .Select(path => new ReplayDifference(path, left.GetValueOrDefault(path), right.GetValueOrDefault(path)))
                .Where(difference => difference.Base != difference.Head)
                .OrderBy(difference => difference.Path, StringComparer.Ordinal),
        ];
    }

    private static bool IsWithin(string path, string place) =>
        path.StartsWith(place, StringComparison.Ordinal) && (path.Length == place.Length || path[place.Length] is '.' or '[');

    private static Dictionary<string, string> Leaves(JsonElement value)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("", value);
        return leaves;

        void Add(string path, JsonElement at)
        {
            switch (at.ValueKind)
            {
                case JsonValueKind.Object when at.EnumerateObject().Any():
                    foreach (var property in at.EnumerateObject())
                    {
                        Add(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value);
                    }

                    break;
                case JsonValueKind.Array when at.GetArrayLength() > 0:
                    var index = 0;
                    foreach (var item in at.EnumerateArray())
                    {
                        Add($"{path}[{(index++).ToString(CultureInfo.InvariantCulture)}]", item);
                    }

                    break;
                default:
                    leaves[path] = at.GetRawText();
                    break;
            }
        }
    }
}
