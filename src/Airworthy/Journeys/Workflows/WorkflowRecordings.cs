using System.Text.RegularExpressions;
using Airworthy.Model;
using Airworthy.Probes.Recordings;

namespace Airworthy.Journeys.Workflows;

/// <summary>
/// Ties workflows to recordings: what was recorded in the trace that stands for the workflow, and requests of the same route, class of status and culture.
/// </summary>
public static partial class WorkflowRecordings
{
    private const int MostOfOne = 8;

    /// <summary>The workflow with the recordings there are of it.</summary>
    public static WorkflowSummary With(WorkflowSummary workflow, RecordingSet recordings)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(recordings);
        var found = recordings.Recordings
            .Where(one => one.Service == workflow.Service)
            .Select(one => (one.Id, Rank: one.Trace == workflow.ExampleTrace ? 0 : IsAlike(workflow, one) ? 1 : 2))
            .Where(one => one.Rank < 2)
            .OrderBy(one => one.Rank);
        return workflow with { Recordings = [.. found.Take(MostOfOne).Select(one => one.Id.ToString("N")[..8])] };
    }

    private static bool IsAlike(WorkflowSummary workflow, RecordedCall recording)
    {
        if (recording.Kind != RecordingKind.Http)
        {
            return false;
        }

        var entry = workflow.Steps.FirstOrDefault(step => step.Kind == WorkflowStepKind.Entry && step.Name == recording.Unit);
        var status = entry is null ? null : Status().Match(entry.Attributes);
        var culture = workflow.Steps.FirstOrDefault(step => step.Kind == WorkflowStepKind.Culture);
        return status is not null
            && (!status.Success || status.Groups["class"].Value[0] - '0' == RecordedRequest.Of(recording).Status / 100)
            && (culture is null || culture.Name == recording.Culture);
    }

    [GeneratedRegex("(^| )status=(?<class>[1-5])xx( |$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Status();
}
