using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Model;
using Airworthy.Probes.Recordings;

namespace Airworthy.Probes.Replay;

/// <summary>One recorded call in two builds.</summary>
/// <param name="Recording">The call.</param>
/// <param name="Verdict">What they make of it.</param>
/// <param name="Reason">Why they can't be compared; empty when they can.</param>
/// <param name="Reproduces">Whether the base answers what was recorded; null when it did not answer.</param>
/// <param name="Base">What the base made of it.</param>
/// <param name="Head">What the head made of it.</param>
/// <param name="Differences">Where they differ.</param>
/// <param name="Unstable">Places that differ base against base, and were left out.</param>
public sealed record ReplayComparison(
    RecordedCall Recording,
    ReplayVerdict Verdict,
    string Reason,
    bool? Reproduces,
    ReplayedCall Base,
    ReplayedCall Head,
    ImmutableArray<ReplayDifference> Differences,
    ImmutableArray<string> Unstable)
{
    /// <summary>Compares what two runs of the base and one of the head made of a call.</summary>
    public static ReplayComparison Of(RecordedCall recording, ReplayedCall first, ReplayedCall second, ReplayedCall head)
    {
        if (WhyNot(first, head) is { } reason)
        {
            return new ReplayComparison(recording, ReplayVerdict.NotCompared, reason, Reproduces: null, first, head, [], []);
        }

        var unstable = first.Outcome is { } one && second.Outcome is { } two ? OutcomeDifferences.Of(one, two, []).Select(difference => difference.Path).ToImmutableArray() : [];
        ImmutableArray<ReplayDifference> differences = first.Outcome is { } left && head.Outcome is { } right
            ? OutcomeDifferences.Of(left, right, unstable)
            : first.State == head.State ? [] : [new ReplayDifference("state", Words.Of(first.State), Words.Of(head.State))];
        var isRecorded = IsRecorded(recording, first);
        // A service that lacks what the request is about answers so in every revision: that says nothing of the change.
        return differences.IsEmpty && recording.Kind == RecordingKind.Http && isRecorded == false
            ? new ReplayComparison(recording, ReplayVerdict.NotCompared, $"both answer {first.Answer}, not the {RecordedRequest.Of(recording).Status} that was recorded; a database is not recorded", isRecorded, first, head, [], unstable)
            : new ReplayComparison(recording, differences.IsEmpty ? ReplayVerdict.Same : ReplayVerdict.Different, "", isRecorded, first, head, differences, unstable);
    }

    private static string? WhyNot(ReplayedCall first, ReplayedCall head)
    {
        if (first.State == ReplayState.NotReplayable)
        {
            return first.Reason == head.Reason ? first.Reason : $"in the base, {first.Reason}";
        }

        return head.State == ReplayState.NotReplayable ? $"in the head, {head.Reason}"
            : first.Outcome is null && first.State == head.State ? $"it {Words.Of(first.State)} in both" : null;
    }

    private static bool? IsRecorded(RecordedCall recording, ReplayedCall call)
    {
        if (call.Answer is not { } answer)
        {
            return null;
        }

        if (recording.Kind == RecordingKind.Http)
        {
            return answer.ValueKind == JsonValueKind.Number && answer.GetInt32() == RecordedRequest.Of(recording).Status;
        }

        var document = recording.Document;
        var recorded = document.TryGetProperty("exception", out var exception) ? exception : document.TryGetProperty("result", out var result) ? result : default(JsonElement?);
        return recorded is { } given && OutcomeDifferences.Of(given, answer, []).IsEmpty && (call.State == ReplayState.Threw) == (recording.Exception is not null);
    }
}
