using System.Globalization;
using Airworthy.Model;
using Airworthy.Statistics;

namespace Airworthy.Probation;

/// <summary>What it will take to judge a change, told beforehand.</summary>
/// <param name="Terms">What the change is held to.</param>
/// <param name="Baseline">The share of the baseline's sampling units that are bad, between 0 and 1.</param>
/// <param name="Share">The change's share of the exposure, between 0 and 1.</param>
/// <param name="Flag">Until a change whose odds of failing are the ratio's is suspect.</param>
/// <param name="FlagIfKnown">The same, had one tested for that very ratio alone: what the mixture over ratios costs is the difference.</param>
/// <param name="Prove">Until a change that does no harm is proven.</param>
public sealed record ProbationPlan(
    ProbationTerms Terms, double Baseline, double Share, FirstPassage Flag, FirstPassage FlagIfKnown, FirstPassage Prove)
{
    public static ProbationPlan Of(ProbationTerms terms, double baseline, double share)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Checked();
        Between(baseline, "--baseline", "the share of calls that fail without the change, such as 0.001");
        Between(share, "--share", "the share of traffic that the change gets, such as 0.05");
        var threshold = EProcess.Threshold(terms.Alpha);
        return new ProbationPlan(
            terms,
            baseline,
            share,
            FirstPassage.Of(EProcess.OfHarm(terms.Ratio), threshold, share, terms.Ratio),
            FirstPassage.Of(new EProcess(1, [terms.Ratio], [0], 0), threshold, share, terms.Ratio),
            FirstPassage.Of(EProcess.OfNoHarm(terms.Ratio), threshold, share, oddsRatio: 1));
    }

    /// <summary>The calls of the change that so many episodes take, when its odds of failing are <paramref name="ratio"/> times the baseline's.</summary>
    public double? ChangeCalls(double? episodes, double ratio)
    {
        var odds = ratio * Baseline / (1 - Baseline);
        var bad = (Share * odds / (1 + odds)) + ((1 - Share) * Baseline);
        return episodes / bad * Share;
    }

    private static void Between(double value, string name, string what)
    {
        if (value is not (> 0 and < 1))
        {
            throw new ProbationException(
                Fault.Usage, string.Create(CultureInfo.InvariantCulture, $"{name} {value} is not between 0 and 1: give {what}"));
        }
    }
}
