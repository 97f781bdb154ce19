using Airworthy.Model;

namespace Airworthy.Telemetry;

/// <summary>Calls and failures summed over minutes.</summary>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Version">The version attributes.</param>
/// <param name="Location">Where.</param>
/// <param name="Source">What counted: <c>span</c> or <c>probe</c>.</param>
/// <param name="Calls">Calls observed.</param>
/// <param name="Bad">Calls that failed.</param>
/// <param name="Instances">Distinct instances.</param>
/// <param name="Ran">Statements that ran in the process that ran the most of them.</param>
/// <param name="Statements">Statements counted; 0 when nothing counts them.</param>
public sealed record ObservedTotal(
    string Service, ReportedVersion Version, ObservedLocation Location, string Source, long Calls, long Bad, int Instances, long Ran, long Statements);
