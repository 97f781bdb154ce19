namespace Airworthy.Git.Lines;

/// <summary>
/// Finds which removed line an added one came from, in a hunk of a commit that is looked through. Lines keep their order; of all such pairings
/// the one with the most pairs of neighbouring characters in common is taken, blanks and case left out, as <c>git blame --ignore-rev</c> does it.
/// </summary>
internal static class LineAlignment
{
    // How far from its proportional place a line is looked for; git's own limit.
    private const int Reach = 10;

    private const long MostCells = 4_000_000;

    /// <summary>For each added line the place of the removed one it came from, or -1. In a hunk of thousands of lines on both sides, by place alone.</summary>
    public static int[] Align(IReadOnlyList<string> removed, IReadOnlyList<string> added)
    {
        var origins = new int[added.Count];
        Array.Fill(origins, -1);
        if (removed.Count == 0 || added.Count == 0)
        {
            return origins;
        }

        if ((long)removed.Count * added.Count > MostCells)
        {
            for (var j = 0; j < origins.Length; j++)
            {
                origins[j] = Proportional(j, removed.Count, added.Count);
            }

            return origins;
        }

        var common = Commons(removed, added);
        var best = new int[added.Count + 1, removed.Count + 1];
        for (var j = 1; j <= added.Count; j++)
        {
            for (var i = 1; i <= removed.Count; i++)
            {
                best[j, i] = Math.Max(best[j - 1, i - 1] + common[j - 1, i - 1], Math.Max(best[j - 1, i], best[j, i - 1]));
            }
        }

        for (var (j, i) = (added.Count, removed.Count); j > 0 && i > 0;)
        {
            if (common[j - 1, i - 1] > 0 && best[j, i] == best[j - 1, i - 1] + common[j - 1, i - 1])
            {
                (j, i) = (j - 1, i - 1);
                origins[j] = i;
            }
            else if (best[j, i] == best[j - 1, i])
            {
                j--;
            }
            else
            {
                i--;
            }
        }

        return origins;
    }

    private static int Proportional(int added, int removedCount, int addedCount) => (int)((long)added * removedCount / addedCount);

    /// <summary>How many pairs each added line has in common with each removed one within its reach.</summary>
    private static int[,] Commons(IReadOnlyList<string> removed, IReadOnlyList<string> added)
    {
        var old = removed.Select(Pairs).ToArray();
        var common = new int[added.Count, removed.Count];
        for (var j = 0; j < added.Count; j++)
        {
            var pairs = Pairs(added[j]);
            var middle = Proportional(j, removed.Count, added.Count);
            for (var i = Math.Max(0, middle - Reach); i <= Math.Min(removed.Count - 1, middle + Reach); i++)
            {
                common[j, i] = Common(old[i], pairs);
            }
        }

        return common;
    }

    private static Dictionary<(char, char), int> Pairs(string line)
    {
        var pairs = new Dictionary<(char, char), int>();
        var last = '\0';
        foreach (var c in line)
        {
            if (char.IsWhiteSpace(c))
            {
                continue;
            }

            var lower = char.ToLowerInvariant(c);
            pairs[(last, lower)] = pairs.GetValueOrDefault((last, lower)) + 1;
            last = lower;
        }

        pairs[(last, '\0')] = 1;
        return pairs;
    }

    private static int Common(Dictionary<(char, char), int> left, Dictionary<(char, char), int> right)
    {
        var common = 0;
        foreach (var (pair, count) in right)
        {
            common += Math.Min(count, left.GetValueOrDefault(pair));
        }

        return common;
    }
}
