namespace Airworthy.Statistics;

/// <summary>A part of a whole, both counted over clusters whose members are not independent of each other.</summary>
/// <param name="Part">The part.</param>
/// <param name="Whole">The whole it is of.</param>
/// <param name="Interval">
/// The interval of the share, by the ratio estimator's variance between clusters (Cochran, <i>Sampling Techniques</i>, 1977, 6.3), on the
/// logit scale and as wide as Student's t asks; null for a share of none or all, or of fewer than three clusters.
/// </param>
public readonly record struct ClusteredShare(long Part, long Whole, ConfidenceInterval? Interval)
{
    /// <summary>The share, 0 to 1; null of nothing.</summary>
    public double? Share => Whole == 0 ? null : (double)Part / Whole;

    /// <summary>The share over <paramref name="clusters"/>; those with an empty whole say nothing.</summary>
    public static ClusteredShare Of(IEnumerable<(long Part, long Whole)> clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        var counted = clusters.Where(cluster => cluster.Whole > 0).ToList();
        var (part, whole) = (counted.Sum(cluster => cluster.Part), counted.Sum(cluster => cluster.Whole));
        if (part == 0 || part == whole || counted.Count < Reach.FewestClusters)
        {
            return new ClusteredShare(part, whole, Interval: null);
        }

        var share = (double)part / whole;
        var squares = counted.Sum(cluster => Math.Pow(cluster.Part - (share * cluster.Whole), 2));
        var error = Math.Sqrt(squares * counted.Count / (counted.Count - 1)) / whole;
        var reach = Reach.Student(counted.Count) * error / (share * (1 - share));
        var logit = Math.Log(share / (1 - share));
        return new ClusteredShare(part, whole, new ConfidenceInterval(Share(logit - reach), Share(logit + reach)));

        static double Share(double logit) => 1 / (1 + Math.Exp(-logit));
    }
}
