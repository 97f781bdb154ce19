using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Journeys.Queries;

/// <summary>Where a change stands by what production showed: docs/probation.md.</summary>
/// <param name="Verdict">What the evidence says.</param>
/// <param name="Grade">What it rests on.</param>
/// <param name="HarmLogE">The natural logarithm of the evidence of harm.</param>
/// <param name="NoHarmLogE">The natural logarithm of the evidence against harm.</param>
/// <param name="Threshold">What the logarithm of either must reach.</param>
/// <param name="OddsRatio">How many times the baseline's odds of failing; null when nothing or no number tells.</param>
/// <param name="ChangeWindows">Instance-minutes with the change that could be compared.</param>
/// <param name="ChangeBad">Bad ones among them.</param>
/// <param name="BaselineWindows">Instance-minutes without it.</param>
/// <param name="BaselineBad">Bad ones among them.</param>
/// <param name="FirstRan">The first minute in which it ran, UTC.</param>
/// <param name="LastRan">The last one.</param>
/// <param name="Instances">On how many instances.</param>
/// <param name="Calls">Calls of its units.</param>
/// <param name="Bad">Those that failed.</param>
/// <param name="SharedWith">Changes that came into the same units with the same versions: what is said of one is said of all.</param>
/// <param name="Missing">What keeps it from being proven.</param>
/// <param name="Course">How the evidence went.</param>
public sealed record ChangeStanding(
    ProbationVerdict Verdict,
    EvidenceGrade Grade,
    double HarmLogE,
    double NoHarmLogE,
    double Threshold,
    double? OddsRatio,
    long ChangeWindows,
    long ChangeBad,
    long BaselineWindows,
    long BaselineBad,
    DateTimeOffset? FirstRan,
    DateTimeOffset? LastRan,
    int Instances,
    long Calls,
    long Bad,
    IReadOnlyList<string> SharedWith,
    IReadOnlyList<string> Missing,
    IReadOnlyList<CoursePoint> Course)
{
    internal static ChangeStanding Of(Standing standing, IReadOnlyList<ChangeId> shared)
    {
        var (judged, total) = (standing.Judged, standing.Judged.Total);
        return new ChangeStanding(
            standing.Verdict,
            standing.Grade,
            judged.Harm.LogE,
            standing.Grade == EvidenceGrade.Absolute ? Math.Max(standing.LogOfRate, -1000) : judged.NoHarm.LogE,
            judged.Threshold,
            judged.OddsRatio.Estimate is { } estimate && double.IsFinite(estimate) ? estimate : null,
            total.Change.Calls,
            total.Change.Bad,
            total.Baseline.Calls,
            total.Baseline.Bad,
            standing.FirstRan,
            standing.LastRan,
            standing.Instances,
            standing.Calls,
            standing.Bad,
            [.. shared.Select(change => change.Value)],
            standing.Missing,
            standing.Course);
    }
}
