namespace Airworthy.Debt;

/// <summary>
/// How much an unproven statement weighs. Our own definition, and no law: criticality (1 where none is named, 1 low, 2 medium, 3 high) times
/// exposure (1 where no call was seen or nobody looked, one more for each tenfold of calls of its function). A statement of a highly critical
/// function called a thousand times weighs 3 × 4 = 12.
/// </summary>
public static class DebtWeight
{
    /// <summary>The weight of one statement.</summary>
    /// <param name="criticality">1 to 3.</param>
    /// <param name="calls">Calls of its function in production; 0 when none was seen.</param>
    public static double Of(int criticality, long calls)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(calls);
        return criticality * (calls < 1 ? 1 : 1 + Math.Log10(calls));
    }
}
