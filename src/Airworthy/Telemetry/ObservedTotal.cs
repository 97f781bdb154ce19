using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Telemetry.Durations;

namespace Airworthy.Telemetry;

/// <summary>Calls and failures summed over minutes.</summary>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Version">The version attributes.</param>
/// <param name="Location">Where.</param>
/// <param name="Source">What counted: <c>span</c>, <c>metric</c> or <c>probe</c>.</param>
/// <param name="Calls">Calls observed.</param>
/// <param name="Bad">Calls that failed.</param>
/// <param name="Instances">Distinct instances.</param>
/// <param name="Statements">Its watched statements, in their order; empty when nothing watches them.</param>
public sealed record ObservedTotal(
    string Service, ReportedVersion Version, ObservedLocation Location, string Source, long Calls, long Bad, int Instances,
    ImmutableArray<StatementRun> Statements)
{
    /// <summary>Bytes that its calls allocated, as far as told.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>How long its calls took, as far as they were timed.</summary>
    public DurationHistogram Durations { get; init; } = DurationHistogram.Empty;
}
