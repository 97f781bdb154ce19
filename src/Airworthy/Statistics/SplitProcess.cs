namespace Airworthy.Statistics;

/// <summary>
/// Evidence that traffic is not split as configured: the Dirichlet-multinomial mixture over the configured multinomial (Lindon and Malek,
/// <i>Anytime-Valid Inference for Multinomial Count Data</i>, 2022). Valid at every look.
/// </summary>
public static class SplitProcess
{
    // The prior's weight in sampling units: how far from the configured split it looks.
    private const double Concentration = 100;

    /// <summary>The natural logarithm of the evidence; 0 before anything was seen.</summary>
    /// <param name="seen">How many went each way.</param>
    /// <param name="shares">The configured share of each; above 0, together 1.</param>
    public static double LogE(IReadOnlyList<long> seen, IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(shares);
        if (seen.Count != shares.Count || shares.Any(share => share <= 0) || Math.Abs(shares.Sum() - 1) > 1e-9)
        {
            throw new ArgumentException("shares must be above 0, one for each way, and together 1", nameof(shares));
        }

        var log = LogGamma.Of(Concentration) - LogGamma.Of(Concentration + seen.Sum());
        for (var i = 0; i < seen.Count; i++)
        {
            var prior = Concentration * shares[i];
            log += LogGamma.Of(prior + seen[i]) - LogGamma.Of(prior) - (seen[i] * Math.Log(shares[i]));
        }

        return log;
    }
}
