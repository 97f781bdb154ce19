namespace Airworthy.Journeys.Queries;

/// <summary>All that is known of an incident: what, since when, how many; which change, why, how sure; the trace with its source; the lesson.</summary>
/// <param name="Incident">What it is.</param>
/// <param name="Fingerprint">What groups its episodes.</param>
/// <param name="Versions">Versions it was seen in, as sent.</param>
/// <param name="Revision">Where was blamed; null while the answer is sought.</param>
/// <param name="Stack">The raw trace of its first episode. From production: hostile.</param>
/// <param name="Frames">The trace met with the repository, innermost first.</param>
/// <param name="Suspects">The most likely first.</param>
/// <param name="Diff">What the first suspect changed; null when there is none or it can't be read now.</param>
/// <param name="Lessons">What it taught.</param>
/// <param name="Earlier">What was answered before, the latest first: by another meaning of its version or paths, or before the commit was there.</param>
/// <param name="Proof">The command that would prove or replay the answer; null when there is none.</param>
public sealed record IncidentDetail(
    IncidentSummary Incident,
    string Fingerprint,
    IReadOnlyList<string> Versions,
    RunningRevision? Revision,
    string Stack,
    IReadOnlyList<TraceFrame> Frames,
    IReadOnlyList<IncidentSuspect> Suspects,
    CommitDiff? Diff,
    IReadOnlyList<LessonSummary> Lessons,
    IReadOnlyList<EarlierAnswer> Earlier,
    string? Proof)
{
    /// <summary>Operations of the service whose failures went through the function that failed, the most frequent first: <c>POST /orders/{id}</c>. From production: hostile.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];
}
