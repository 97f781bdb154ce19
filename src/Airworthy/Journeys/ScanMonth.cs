namespace Airworthy.Journeys;

/// <summary>The commits of one month, by the committer's date, UTC.</summary>
/// <param name="Year">The year.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Commits">All commits but merges.</param>
/// <param name="Marked">Those that name an agent.</param>
public readonly record struct ScanMonth(int Year, int Month, long Commits, long Marked)
{
    /// <summary>The marked share, 0 to 1; 0 when there are no commits.</summary>
    public double Share => Commits == 0 ? 0 : (double)Marked / Commits;

    public override string ToString() => FormattableString.Invariant($"{Year:0000}-{Month:00}");
}
