using Airworthy.Probation;

namespace Airworthy.Journeys.Queries;

/// <summary>Where a change stands by one metric.</summary>
/// <param name="Metric">Failures, median time, slowest calls.</param>
/// <param name="Verdict">What its evidence says.</param>
/// <param name="Grade">What that rests on.</param>
/// <param name="HarmLogE">The natural logarithm of the evidence of harm.</param>
/// <param name="NoHarmLogE">The natural logarithm of the evidence against harm.</param>
/// <param name="HarmThreshold">What the first must reach; any metric makes a change suspect, so each has its part of the error only.</param>
/// <param name="Threshold">What the second must reach.</param>
/// <param name="OddsRatio">How many times the baseline's odds of a bad minute; null when nothing or no number tells.</param>
/// <param name="Dispersion">How much more the minutes scatter than chance has it: 1 is chance; null with too few.</param>
/// <param name="DesignEffect">How many minutes of an instance count as one, as they go together: 1 where they don't; null while that is not known and nothing counts.</param>
/// <param name="ChangeWindows">Instance-minutes with the change that could be compared.</param>
/// <param name="ChangeBad">Bad ones among them.</param>
/// <param name="BaselineWindows">Instance-minutes without it.</param>
/// <param name="BaselineBad">Bad ones among them.</param>
public sealed record ChangeMetric(
    string Metric,
    ProbationVerdict Verdict,
    EvidenceGrade Grade,
    double HarmLogE,
    double NoHarmLogE,
    double HarmThreshold,
    double Threshold,
    double? OddsRatio,
    double? Dispersion,
    double? DesignEffect,
    long ChangeWindows,
    long ChangeBad,
    long BaselineWindows,
    long BaselineBad)
{
    private const double Most = 1000;

    internal static ChangeMetric Of(MetricStanding standing)
    {
        var (judged, total) = (standing.Judged, standing.Judged.Total);
        return new ChangeMetric(
            standing.Metric.Name,
            standing.Verdict,
            standing.Grade,
            Math.Max(standing.HarmLogE, -Most),
            Math.Max(standing.NoHarmLogE, -Most),
            standing.HarmThreshold,
            standing.NoHarmThreshold,
            judged.OddsRatio.Estimate is { } estimate && double.IsFinite(estimate) ? estimate : null,
            judged.OddsRatio.Dispersion,
            standing.DesignEffect,
            total.Change.Calls,
            total.Change.Bad,
            total.Baseline.Calls,
            total.Baseline.Bad);
    }
}
