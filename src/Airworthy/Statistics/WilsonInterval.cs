namespace Airworthy.Statistics;

/// <summary>The 95 % interval of a share of independent trials by Wilson's score (1927): it holds at few trials, and at none or all of them.</summary>
public static class WilsonInterval
{
    private const double Z = 1.959963984540054;

    /// <summary>The interval; null of nothing.</summary>
    /// <param name="part">How many of them; 0 to <paramref name="whole"/>.</param>
    /// <param name="whole">How many trials.</param>
    public static ConfidenceInterval? Of(long part, long whole)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, whole);
        if (whole == 0)
        {
            return null;
        }

        var (share, n) = ((double)part / whole, (double)whole);
        var middle = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var reach = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        return new ConfidenceInterval(Math.Max(0, middle - reach), Math.Min(1, middle + reach));
    }
}
