using System.Collections.Immutable;

namespace Airworthy.Statistics;

/// <summary>
/// Evidence on a rate of its own, where no baseline has failures to compare with: against "the rate is at least p" (or "at most p"), as the mixed
/// likelihood ratio of rates on the other side (Wald's sequential test, mixed as in Robbins, <i>Statistical Methods Related to the Law of the Iterated Logarithm</i>, 1970).
/// </summary>
/// <param name="Limit">p, the rate at the hypothesis' edge; between 0 and 1.</param>
/// <param name="Rates">The rates that are mixed.</param>
/// <param name="LogWeights">The logarithm of each rate's likelihood over the limit's.</param>
public sealed record RateProcess(double Limit, ImmutableArray<double> Rates, ImmutableArray<double> LogWeights)
{
    /// <summary>The evidence so far, as a natural logarithm; 0 at the beginning.</summary>
    public double LogE => LogMean(LogWeights);

    /// <summary>Evidence that the rate is below <paramref name="limit"/>.</summary>
    public static RateProcess Below(double limit) => Against(limit, [0, limit / 10, limit / 3]);

    /// <summary>Evidence that the rate is below <paramref name="limit"/>, where it is thought to be some share of that.</summary>
    public static RateProcess Below(double limit, ImmutableArray<double> shares) => Against(limit, [.. shares.Select(share => limit * share)]);

    /// <summary>Evidence that the rate is above <paramref name="limit"/>.</summary>
    public static RateProcess Above(double limit) => Against(limit, [.. EProcess.Harms.Select(harm => Math.Min(limit * harm, (1 + limit) / 2)).Distinct()]);

    /// <summary>
    /// How many must be seen, none of them bad, to show that the rate is below <paramref name="limit"/> when one looks once, at the end:
    /// <c>ln α / ln(1 − p)</c>.
    /// </summary>
    public static long WithoutBad(double limit, double alpha) => (long)Math.Ceiling(Math.Log(alpha) / Math.Log(1 - limit));

    /// <summary>The evidence with more seen.</summary>
    /// <param name="tally">What was seen.</param>
    /// <param name="weight">What its factor is raised to, as of <see cref="EProcess.With"/>.</param>
    public RateProcess With(Tally tally, double weight = 1)
    {
        if (!tally.IsPossible)
        {
            throw new ArgumentOutOfRangeException(nameof(tally), tally, "more are bad than there are");
        }

        if (weight == 0)
        {
            return this;
        }

        var weights = ImmutableArray.CreateBuilder<double>(Rates.Length);
        for (var i = 0; i < Rates.Length; i++)
        {
            var good = (tally.Calls - tally.Bad) * (double.LogP1(-Rates[i]) - double.LogP1(-Limit));
            weights.Add(LogWeights[i] + (weight * (good + (tally.Bad == 0 ? 0 : tally.Bad * Math.Log(Rates[i] / Limit)))));
        }

        return this with { LogWeights = weights.MoveToImmutable() };
    }

    private static RateProcess Against(double limit, ImmutableArray<double> rates)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(limit, 1);
        return new RateProcess(limit, rates, [.. rates.Select(_ => 0.0)]);
    }

    // A rate of 0 is out for good after one bad call: its weight is then minus infinity.
    private static double LogMean(ImmutableArray<double> logs)
    {
        var highest = logs.Max();
        return double.IsNegativeInfinity(highest) ? highest : highest + Math.Log(logs.Sum(log => Math.Exp(log - highest)) / logs.Length);
    }
}
