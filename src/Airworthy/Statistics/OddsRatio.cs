namespace Airworthy.Statistics;

/// <summary>What strata say together of the odds ratio: the conditional estimate, and how much more they scatter than chance has it.</summary>
/// <param name="Estimate">The conditional maximum-likelihood estimate; 0 or infinity where all bad ones are on one side; null when no stratum tells anything.</param>
/// <param name="Dispersion">
/// Pearson's statistic per telling stratum at the estimate: about 1 when the sampling units are independent, more when bad ones come in bursts. Null
/// with fewer than ten telling strata.
/// </param>
public readonly record struct OddsRatio(double? Estimate, double? Dispersion)
{
    private const int FewestStrata = 10;
    private const double Widest = 20;

    public static OddsRatio Of(IReadOnlyCollection<Stratum> strata)
    {
        ArgumentNullException.ThrowIfNull(strata);
        // Minutes look alike: each kind is weighed once.
        var telling = strata.Where(stratum => stratum.IsTelling).CountBy(stratum => stratum).Select(kind => (Stratum: kind.Key, Count: kind.Value)).ToList();
        if (telling.Count == 0)
        {
            return new OddsRatio(null, null);
        }

        if (telling.TrueForAll(kind => kind.Stratum.Change.Bad == Math.Max(0, kind.Stratum.Bad - kind.Stratum.Baseline.Calls)))
        {
            return new OddsRatio(0, null);
        }

        if (telling.TrueForAll(kind => kind.Stratum.Change.Bad == Math.Min(kind.Stratum.Change.Calls, kind.Stratum.Bad)))
        {
            return new OddsRatio(double.PositiveInfinity, null);
        }

        // The estimate makes the expected number on the change the one that was seen; the expected number rises with the ratio.
        var seen = telling.Sum(kind => (double)kind.Stratum.Change.Bad * kind.Count);
        var (low, high) = (-Widest, Widest);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            var expected = telling.Sum(kind => FisherHypergeometric.Moments(kind.Stratum, Math.Exp(middle)).Mean * kind.Count);
            (low, high) = expected < seen ? (middle, high) : (low, middle);
        }

        var ratio = Math.Exp((low + high) / 2);
        return new OddsRatio(ratio, telling.Sum(kind => kind.Count) < FewestStrata ? null : Scatter(telling, ratio));
    }

    private static double Scatter(List<(Stratum Stratum, int Count)> telling, double ratio)
    {
        var sum = 0.0;
        foreach (var (stratum, count) in telling)
        {
            var (mean, variance) = FisherHypergeometric.Moments(stratum, ratio);
            sum += variance == 0 ? 0 : count * Math.Pow(stratum.Change.Bad - mean, 2) / variance;
        }

        return sum / (telling.Sum(kind => kind.Count) - 1);
    }
}
