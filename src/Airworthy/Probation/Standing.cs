using System.Collections.Immutable;

namespace Airworthy.Probation;

/// <summary>Where a change stands by what production showed.</summary>
/// <param name="Verdict">What the evidence says: suspect by any metric, proven by all of them and when nothing is missing.</param>
/// <param name="Metrics">Each metric; the first is of failures.</param>
/// <param name="FirstRan">The first minute in which it ran, UTC; null when it was not seen running.</param>
/// <param name="LastRan">The last such minute.</param>
/// <param name="Instances">On how many instances it ran; counted up to <see cref="ChangeWatch.MostInstances"/>.</param>
/// <param name="Calls">Calls of its units.</param>
/// <param name="Bad">Those that ended in an error.</param>
/// <param name="LogOfHarm">The natural logarithm of the evidence of harm of all metrics and routes together, as it stands: what is weighed over the fleet.</param>
/// <param name="Course">How the evidence of the metric went that convicts it, else of failures; thinned out.</param>
/// <param name="Times">How many calls were slow, in spans of time, the oldest first; empty where no times are judged.</param>
/// <param name="Missing">What keeps it from being proven, in words; empty when nothing does, or when it is suspect.</param>
public sealed record Standing(
    ProbationVerdict Verdict,
    ImmutableArray<MetricStanding> Metrics,
    DateTimeOffset? FirstRan,
    DateTimeOffset? LastRan,
    int Instances,
    long Calls,
    long Bad,
    double LogOfHarm,
    ImmutableArray<CoursePoint> Course,
    ImmutableArray<TimesPoint> Times,
    ImmutableArray<string> Missing)
{
    /// <summary>By failures.</summary>
    public MetricStanding Failures => Metrics[0];

    /// <summary>What it rests on: of a suspect what convicts it, else the weakest of its metrics.</summary>
    public EvidenceGrade Grade => Deciding.Grade;

    /// <summary>A sentence for the step that the verdict leads to.</summary>
    public string Reason => Verdict == ProbationVerdict.Undecided ? "Not enough was seen."
        : Verdict == ProbationVerdict.Suspect || Metrics.Length == 1 ? Deciding.Reason
        : string.Join(' ', Metrics.Select(metric => metric.Reason));

    private MetricStanding Deciding =>
        Metrics.FirstOrDefault(metric => metric.Verdict == ProbationVerdict.Suspect) ?? Metrics.MinBy(metric => metric.Grade)!;
}
