using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Probes.Replay;

namespace Airworthy.Journeys.Recordings;

/// <summary>What a replay proves of the units that it ran, in the terms of the gate.</summary>
public static class ReplayEvidence
{
    /// <summary>
    /// One piece for each unit or route of which something was compared: how many recordings, and how many of them the head answers otherwise. What failed in the
    /// base and does not in the head is mended, not bad.
    /// </summary>
    public static IEnumerable<Evidence> Of(ReplayReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Calls.Where(call => call.Verdict != ReplayVerdict.NotCompared)
            .GroupBy(call => call.Recording.Unit, StringComparer.Ordinal)
            .Select(unit => new Evidence(
                EvidenceKind.WorkflowReplay.Name,
                "airworthy replay",
                unit.Key,
                Path: null,
                CommitId.Parse(report.Head),
                unit.Count(),
                unit.Count(call => call.Verdict == ReplayVerdict.Different && !(IsFailure(call.Base) && !IsFailure(call.Head))),
                Instances: 0))
            .OrderBy(evidence => evidence.Unit, StringComparer.Ordinal);
    }

    private static bool IsFailure(ReplayedCall call) =>
        call.State != ReplayState.Returned
        || (call.Outcome is { } outcome && outcome.TryGetProperty("status", out var status) && status.GetInt32() >= 500);
}
