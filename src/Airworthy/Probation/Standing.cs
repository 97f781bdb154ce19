using System.Collections.Immutable;

namespace Airworthy.Probation;

/// <summary>Where a change stands by what production showed.</summary>
/// <param name="Verdict">What the evidence says; for <see cref="ProbationVerdict.Proven"/> nothing may be missing.</param>
/// <param name="Grade">What it rests on.</param>
/// <param name="Judged">The comparison.</param>
/// <param name="LogOfRate">The natural logarithm of the evidence that its failures stay below the limit, where nothing can be compared.</param>
/// <param name="FirstRan">The first minute in which it ran, UTC; null when it was not seen running.</param>
/// <param name="LastRan">The last such minute.</param>
/// <param name="Instances">On how many instances it ran; counted up to <see cref="ChangeWatch.MostInstances"/>.</param>
/// <param name="Calls">Calls of its units.</param>
/// <param name="Bad">Those that ended in an error.</param>
/// <param name="Course">How the evidence went, thinned out.</param>
/// <param name="Missing">What keeps it from being proven, in words; empty when nothing does, or when it is suspect.</param>
public sealed record Standing(
    ProbationVerdict Verdict,
    EvidenceGrade Grade,
    Judged Judged,
    double LogOfRate,
    DateTimeOffset? FirstRan,
    DateTimeOffset? LastRan,
    int Instances,
    long Calls,
    long Bad,
    ImmutableArray<CoursePoint> Course,
    ImmutableArray<string> Missing)
{
    /// <summary>A sentence for the step that the verdict leads to.</summary>
    public string Reason => Verdict switch
    {
        ProbationVerdict.Suspect =>
            $"Where it runs its units fail more than where it does not, in the same minutes: {Ratio}evidence {EvidenceFigure.Of(Judged.Harm.HighestLogE)} of {EvidenceFigure.Of(Judged.Threshold)}, settled at {Judged.Since}.",
        ProbationVerdict.Proven when Grade == EvidenceGrade.Absolute =>
            FormattableString.Invariant($"It failed in fewer than {ChangeWatch.BadWindows:P0} of its instances' minutes, with nothing to compare with: evidence {EvidenceFigure.Of(LogOfRate)} of {EvidenceFigure.Of(Judged.Threshold)}."),
        ProbationVerdict.Proven =>
            FormattableString.Invariant($"Where it runs its units fail no more than where it does not, by an odds ratio of {Judged.Terms.Ratio}: {Ratio}evidence {EvidenceFigure.Of(Judged.NoHarm.HighestLogE)} of {EvidenceFigure.Of(Judged.Threshold)}, settled at {Judged.Since}."),
        _ => "Not enough was seen.",
    };

    private string Ratio => Judged.OddsRatio.Estimate is { } estimate && double.IsFinite(estimate)
        ? FormattableString.Invariant($"odds ratio about {estimate:0.0}, ")
        : "";

}
