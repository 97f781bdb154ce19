namespace Airworthy.Statistics;

/// <summary>
/// Holds the share of false ones among many that are flagged: e-BH (Wang and Ramdas, <i>False Discovery Rate Control with E-values</i>, 2022). It
/// needs nothing of how the e-values depend on each other.
/// </summary>
public static class FalseDiscovery
{
    /// <summary>Which of the e-values are flagged, in their order: the k largest, for the largest k whose k-th is at least <c>K/(αk)</c>.</summary>
    /// <param name="logs">Natural logarithms of e-values.</param>
    /// <param name="alpha">The expected share of false ones among the flagged, between 0 and 1.</param>
    public static IReadOnlyList<bool> Flag(IReadOnlyList<double> logs, double alpha)
    {
        ArgumentNullException.ThrowIfNull(logs);
        var order = Enumerable.Range(0, logs.Count).OrderByDescending(i => logs[i]).ToList();
        var flagged = 0;
        for (var k = 1; k <= order.Count; k++)
        {
            flagged = logs[order[k - 1]] >= Math.Log(order.Count) - Math.Log(alpha) - Math.Log(k) ? k : flagged;
        }

        var flags = new bool[logs.Count];
        foreach (var i in order.Take(flagged))
        {
            flags[i] = true;
        }

        return flags;
    }
}
