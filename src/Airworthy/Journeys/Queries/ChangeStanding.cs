using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Journeys.Queries;

/// <summary>Where a change stands by what production showed: docs/probation.md.</summary>
/// <param name="Verdict">What the evidence says: suspect by any metric, proven by all.</param>
/// <param name="Grade">What it rests on.</param>
/// <param name="Metrics">Each metric; the first is of failures.</param>
/// <param name="Held">The terms that it is held to, by the paths its units are in.</param>
/// <param name="PolicyDigest">The digest of the policy that says so.</param>
/// <param name="PolicyRevision">The commit whose policy it is.</param>
/// <param name="FirstRan">The first minute in which it ran, UTC.</param>
/// <param name="LastRan">The last one.</param>
/// <param name="Instances">On how many instances.</param>
/// <param name="Calls">Calls of its units.</param>
/// <param name="Bad">Those that failed.</param>
/// <param name="SharedWith">Changes that came into the same units with the same versions: what is said of one is said of all.</param>
/// <param name="Missing">What keeps it from being proven.</param>
/// <param name="Course">How the evidence of the metric went that convicts it, else of failures.</param>
/// <param name="Frozen">How long its units took before it shipped, by which its times are judged; null while nothing tells.</param>
/// <param name="Times">How many calls were slow by that, in spans of time.</param>
public sealed record ChangeStanding(
    ProbationVerdict Verdict,
    EvidenceGrade Grade,
    IReadOnlyList<ChangeMetric> Metrics,
    ProbationTerms Held,
    string PolicyDigest,
    string PolicyRevision,
    DateTimeOffset? FirstRan,
    DateTimeOffset? LastRan,
    int Instances,
    long Calls,
    long Bad,
    IReadOnlyList<string> SharedWith,
    IReadOnlyList<string> Missing,
    IReadOnlyList<CoursePoint> Course,
    FrozenTimes? Frozen,
    IReadOnlyList<TimesPoint> Times)
{
    internal static ChangeStanding Of(
        Standing standing, ProbationTerms terms, FrozenTimes? frozen, (string Digest, CommitId Revision) policy, IReadOnlyList<ChangeId> shared) => new(
        standing.Verdict,
        standing.Grade,
        [.. standing.Metrics.Select(ChangeMetric.Of)],
        terms,
        policy.Digest,
        policy.Revision.Hex,
        standing.FirstRan,
        standing.LastRan,
        standing.Instances,
        standing.Calls,
        standing.Bad,
        [.. shared.Select(change => change.Value)],
        standing.Missing,
        standing.Course,
        frozen,
        standing.Times);
}
