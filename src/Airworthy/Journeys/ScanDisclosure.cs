namespace Airworthy.Journeys;

/// <summary>
/// Agents were named once and are not any more, though as much is written as before: a sign that the marks were switched off rather than
/// the agents. A hint for a person; it changes no count.
/// </summary>
/// <param name="Before">The month in which the largest share was marked.</param>
/// <param name="After">The latest month with enough commits to tell.</param>
public sealed record ScanDisclosure(ScanMonth Before, ScanMonth After)
{
    private const int EnoughCommits = 10;
    private const double NotableShare = 0.2;
    private const double SharpFall = 0.25;
    private const double SameVolume = 0.8;

    /// <summary>
    /// Compares the latest month with the one of the highest share before it, in the year before: null unless that was at least 20 %, the
    /// latest is at most a quarter of it, and commits are at least 80 % of what they were. Months with fewer than 10 commits tell nothing.
    /// </summary>
    public static ScanDisclosure? Find(IEnumerable<ScanMonth> months)
    {
        var telling = months.Where(month => month.Count >= EnoughCommits).OrderBy(month => month.Year).ThenBy(month => month.Month).ToList();
        if (telling.Count < 2)
        {
            return null;
        }

        var after = telling[^1];
        var before = telling[..^1].Where(month => Distance(month, after) <= 12).DefaultIfEmpty().MaxBy(month => month.Share);
        return before.Share >= NotableShare && after.Share <= before.Share * SharpFall && after.Count >= before.Count * SameVolume
            ? new ScanDisclosure(before, after)
            : null;
    }

    private static int Distance(ScanMonth from, ScanMonth to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;
}
