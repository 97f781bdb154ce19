namespace Airworthy.Statistics;

/// <summary>How far 95 % intervals reach, in standard errors.</summary>
internal static class Reach
{
    /// <summary>The 97.5 % point of the standard normal distribution.</summary>
    public const double Normal = 1.959963984540054;

    /// <summary>The fewest clusters that an interval is given for.</summary>
    public const int FewestClusters = 3;

    /// <summary>
    /// The 97.5 % point of Student's t distribution with one degree of freedom fewer than there are <paramref name="clusters"/>, which widens
    /// the intervals of few clusters. By the Cornish–Fisher expansion (Abramowitz and Stegun 26.7.5): 1 % short with three clusters, exact to
    /// three digits from six on.
    /// </summary>
    public static double Student(int clusters)
    {
        const double z = Normal;
        const double z3 = z * z * z;
        const double z5 = z3 * z * z;
        const double z7 = z5 * z * z;
        double n = clusters - 1;
        return z
            + ((z3 + z) / (4 * n))
            + (((5 * z5) + (16 * z3) + (3 * z)) / (96 * n * n))
            + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * z)) / (384 * n * n * n));
    }
}
