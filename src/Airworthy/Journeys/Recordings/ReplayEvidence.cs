using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Probes.Replay;

namespace Airworthy.Journeys.Recordings;

/// <summary>What a replay proves of the units that it ran, in the terms of the gate.</summary>
public static class ReplayEvidence
{
    /// <summary>One piece for each unit or route of which something was compared: how many recordings, and how many of them the head answers otherwise.</summary>
    public static IEnumerable<Evidence> Of(ReplayReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Calls.Where(call => call.Verdict != ReplayVerdict.NotCompared)
            .GroupBy(call => call.Recording.Unit, StringComparer.Ordinal)
            .Select(unit => new Evidence(
                EvidenceKind.WorkflowReplay.Name,
                "airworthy-replay",
                unit.Key,
                Path: null,
                CommitId.Parse(report.Head),
                unit.Count(),
                unit.Count(call => call.Verdict == ReplayVerdict.Different),
                unit.Select(call => call.Recording.Service).Distinct(StringComparer.Ordinal).Count()))
            .OrderBy(evidence => evidence.Unit, StringComparer.Ordinal);
    }
}
