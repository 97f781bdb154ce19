namespace Airworthy.Policies;

/// <summary>Finds the known name that a mistyped one was meant to be.</summary>
internal static class NearestName
{
    private const int LongestCompared = 64;

    /// <summary>The name at the smallest edit distance, if at most a third of the letters differ (and never fewer than two); else null.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        if (typed.Length > LongestCompared)
        {
            return null;
        }

        var nearest = known
            .Select(name => (Name: name, Distance: Distance(typed.ToLowerInvariant(), name)))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, nearest.Name.Length / 3) && nearest.Distance < nearest.Name.Length
            ? nearest.Name
            : null;
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
