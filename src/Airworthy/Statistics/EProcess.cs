using System.Collections.Immutable;

namespace Airworthy.Statistics;

/// <summary>
/// Evidence against a hypothesis on the odds ratio, gathered stratum by stratum: <c>E = mean_R Π_i P_R(x_i)/P_0(x_i)</c>. Under the hypothesis
/// its expectation never exceeds 1, so by Ville's inequality it ever reaches 1/α with probability at most α, however often one looks
/// (Grünwald, de Heide, Koolen, <i>Safe Testing</i>, 2024). The likelihood ratio is monotone, so what holds at the hypothesis' edge holds in all of it.
/// </summary>
/// <param name="Null">The odds ratio at the edge of the hypothesis.</param>
/// <param name="Alternatives">The odds ratios that are mixed, in equal parts; all on one side of the edge.</param>
/// <param name="LogWeights">The logarithm of each alternative's product. The mixture is over products, not over factors.</param>
/// <param name="HighestLogE">The highest that <see cref="LogE"/> ever was.</param>
public sealed record EProcess(double Null, ImmutableArray<double> Alternatives, ImmutableArray<double> LogWeights, double HighestLogE)
{
    /// <summary>The odds ratios of harm that <see cref="OfHarm"/> mixes.</summary>
    public static readonly ImmutableArray<double> Harms = [1.5, 2, 3, 5, 10];

    /// <summary>The evidence so far, as a natural logarithm; 0 at the beginning.</summary>
    public double LogE => LogMean(LogWeights);

    /// <summary>Evidence that the change does harm: against an odds ratio of at most 1.</summary>
    /// <param name="ratio">The smallest harm that matters, mixed with <see cref="Harms"/>; above 1.</param>
    public static EProcess OfHarm(double ratio = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ratio, 1);
        return Against(1, Harms.Contains(ratio) ? Harms : Harms.Add(ratio));
    }

    /// <summary>Evidence that the change does no such harm: against an odds ratio of at least <paramref name="ratio"/>, for one of 1.</summary>
    /// <param name="ratio">The smallest harm that matters; above 1.</param>
    public static EProcess OfNoHarm(double ratio)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ratio, 1);
        return Against(ratio, [1]);
    }

    /// <summary>The evidence with one more stratum.</summary>
    /// <param name="stratum">What was seen in it.</param>
    /// <param name="weight">
    /// What its factor is raised to, between 0 and 1 and known before it was seen: one over the <see cref="DesignEffect{TUnit}"/> where units are not
    /// independent, since sums that scatter φ times more are as unlikely as the φ-th root of their likelihood ratio has it.
    /// </param>
    public EProcess With(Stratum stratum, double weight = 1)
    {
        if (!stratum.IsTelling || weight == 0)
        {
            return this;
        }

        var expected = FisherHypergeometric.LogProbability(stratum, Null);
        var weights = ImmutableArray.CreateBuilder<double>(Alternatives.Length);
        for (var i = 0; i < Alternatives.Length; i++)
        {
            weights.Add(LogWeights[i] + (weight * (FisherHypergeometric.LogProbability(stratum, Alternatives[i]) - expected)));
        }

        var gathered = weights.MoveToImmutable();
        return this with { LogWeights = gathered, HighestLogE = Math.Max(HighestLogE, LogMean(gathered)) };
    }

    /// <summary>What <see cref="HighestLogE"/> must reach.</summary>
    /// <param name="alpha">The error that is allowed, between 0 and 1.</param>
    public static double Threshold(double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(alpha, 1);
        return -Math.Log(alpha);
    }

    private static EProcess Against(double edge, ImmutableArray<double> alternatives) =>
        new(edge, alternatives, [.. alternatives.Select(_ => 0.0)], HighestLogE: 0);

    private static double LogMean(ImmutableArray<double> logs)
    {
        var highest = logs.Max();
        return highest + Math.Log(logs.Sum(log => Math.Exp(log - highest)) / logs.Length);
    }
}
