
namespace Airworthy.Probation;

/// <summary>Where a change stands by one metric.</summary>
/// <param name="Metric">Which one.</param>
/// <param name="Verdict">What its evidence says.</param>
/// <param name="Grade">What that rests on; while undecided, the strongest that tells anything.</param>
/// <param name="Judged">The comparison of the same minutes, by lot where there is a flag.</param>
/// <param name="HarmLogE">The natural logarithm of the evidence of harm, by that grade.</param>
/// <param name="NoHarmLogE">The same against harm.</param>
/// <param name="HarmThreshold">What the first must reach; a weaker grade asks for more.</param>
/// <param name="NoHarmThreshold">What the second must reach.</param>
/// <param name="DesignEffect">How many minutes of an instance count as one, as they go together: 1 where they don't; null while that is not known and nothing counts.</param>
public sealed record MetricStanding(
    Metric Metric,
    ProbationVerdict Verdict,
    EvidenceGrade Grade,
    Judged Judged,
    double HarmLogE,
    double NoHarmLogE,
    double HarmThreshold,
    double NoHarmThreshold,
    double? DesignEffect)
{
    /// <summary>Where <see cref="Subject"/> is not the change's own code.</summary>
    public const string Operations = "the operations that lead to it";

    /// <summary>What was counted.</summary>
    public string Subject { get; init; } = "its units";

    /// <summary>A sentence for the step that its verdict leads to.</summary>
    public string Reason => (Verdict, Grade) switch
    {
        (ProbationVerdict.Suspect, EvidenceGrade.BeforeAfter) =>
            $"Since it runs {Subject} {Metric.More} than before, the turn of units that no change touched divided out: evidence {Of(HarmLogE, HarmThreshold)}.",
        (ProbationVerdict.Suspect, EvidenceGrade.Randomised) =>
            $"Where its flag is on {Subject} {Metric.More} than where it is off, on the same instances in the same minutes: {Ratio}evidence {Of(HarmLogE, HarmThreshold)}, settled at {Judged.Since}.",
        (ProbationVerdict.Suspect, _) =>
            $"Where it runs {Subject} {Metric.More} than where it does not, in the same minutes: {Ratio}evidence {Of(HarmLogE, HarmThreshold)}, settled at {Judged.Since}.",
        (ProbationVerdict.Proven, EvidenceGrade.Absolute) when Metric != Metric.Failures =>
            FormattableString.Invariant($"By {Metric.Name} fewer than {Metric.LimitOf(Judged.Terms):P0} of its instances' minutes were slow by what was usual before it shipped, with nothing to compare with: evidence {Of(NoHarmLogE, NoHarmThreshold)}."),
        (ProbationVerdict.Proven, EvidenceGrade.Absolute) =>
            FormattableString.Invariant($"It failed in fewer than {Judged.Terms.Rate:P0} of its instances' minutes, with nothing to compare with: evidence {Of(NoHarmLogE, NoHarmThreshold)}."),
        (ProbationVerdict.Proven, EvidenceGrade.BeforeAfter) =>
            FormattableString.Invariant($"Since it runs {Subject} do not {Metric.More} than before, by an odds ratio of {Judged.Terms.Ratio}, the turn of units that no change touched divided out: evidence {Of(NoHarmLogE, NoHarmThreshold)}."),
        (ProbationVerdict.Proven, _) when Metric == Metric.Failures =>
            FormattableString.Invariant($"Where it runs {Subject} fail no more than where it does not, by an odds ratio of {Judged.Terms.Ratio}: {Ratio}evidence {Of(NoHarmLogE, NoHarmThreshold)}, settled at {Judged.Since}."),
        (ProbationVerdict.Proven, _) =>
            FormattableString.Invariant($"Where it runs {Subject} do not {Metric.More} than where it does not, by an odds ratio of {Judged.Terms.Ratio}: {Ratio}evidence {Of(NoHarmLogE, NoHarmThreshold)}, settled at {Judged.Since}."),
        _ => "Not enough was seen.",
    };

    private string Ratio => Judged.OddsRatio.Estimate is { } estimate && double.IsFinite(estimate)
        ? FormattableString.Invariant($"odds ratio about {estimate:0.0}, ")
        : "";

    private static string Of(double log, double threshold) => $"{EvidenceFigure.Of(Math.Max(log, threshold))} of {EvidenceFigure.Of(threshold)}";
}
