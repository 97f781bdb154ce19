namespace Airworthy.Journeys;

/// <summary>The commits of one month, or the living lines from it, by the committer's date, UTC.</summary>
/// <param name="Year">The year.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Count">All of them, merges left out.</param>
/// <param name="Marked">Those that name an agent.</param>
public readonly record struct ScanMonth(int Year, int Month, long Count, long Marked)
{
    /// <summary>The marked share, 0 to 1; 0 when there are none.</summary>
    public double Share => Count == 0 ? 0 : (double)Marked / Count;

    public override string ToString() => FormattableString.Invariant($"{Year:0000}-{Month:00}");
}
