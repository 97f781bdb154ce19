using Airworthy.Journeys.Releases;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Queries;

/// <summary>Where a change runs and how often, and what of it nothing is seen of.</summary>
/// <param name="Calls">Calls of its units in versions in which it lives.</param>
/// <param name="Bad">Those that failed.</param>
/// <param name="FirstRan">The first minute, UTC; null when it was not seen running.</param>
/// <param name="LastRan">The last one.</param>
/// <param name="Units">Its units: those that run, the most called first, and those at the tip that don't.</param>
/// <param name="UnitsRan">How many of them were seen running.</param>
/// <param name="Revisions">The revisions that ran in which it lives, the newest first seen first.</param>
/// <param name="Hours">Calls by hour over the last 14 days.</param>
/// <param name="Releases">What came and went of its services in those days, the latest first.</param>
/// <param name="Blind">What production would not tell: critical units nothing counts, calls out and swallowed errors nothing records.</param>
public sealed record ChangeExposure(
    long Calls,
    long Bad,
    DateTimeOffset? FirstRan,
    DateTimeOffset? LastRan,
    IReadOnlyList<ExposedUnit> Units,
    int UnitsRan,
    IReadOnlyList<ExposedRevision> Revisions,
    IReadOnlyList<ExposureHour> Hours,
    IReadOnlyList<ReleaseSummary> Releases,
    IReadOnlyList<string> Blind);
