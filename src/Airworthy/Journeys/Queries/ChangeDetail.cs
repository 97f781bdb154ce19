namespace Airworthy.Journeys.Queries;

/// <summary>All that is known of a change, in the order of the questions asked: what is it, where does it run, what happened.</summary>
/// <param name="Change">What it is and who wrote it.</param>
/// <param name="Commits">Its commits, the landing one first.</param>
/// <param name="Signals">What says who wrote it.</param>
/// <param name="Runs">Where its living lines run in production; empty when nothing is observed.</param>
/// <param name="RunsNote">Why <paramref name="Runs"/> is empty or partial, with what closes the gap; null when nothing is missing.</param>
/// <param name="Standing">What production says of it so far; null when nothing of it was seen running.</param>
/// <param name="Transitions">What happened to it, oldest first.</param>
/// <param name="Incidents">Incidents that name it as a suspect.</param>
/// <param name="Lessons">Lessons drawn from it.</param>
/// <param name="Diff">What it changed; null when the repository can't be read now.</param>
public sealed record ChangeDetail(
    ChangeSummary Change,
    IReadOnlyList<string> Commits,
    IReadOnlyList<AuthorshipSignal> Signals,
    IReadOnlyList<UnitEvidence> Runs,
    string? RunsNote,
    ChangeStanding? Standing,
    IReadOnlyList<ChangeTransition> Transitions,
    IReadOnlyList<IncidentSummary> Incidents,
    IReadOnlyList<LessonSummary> Lessons,
    CommitDiff? Diff);
