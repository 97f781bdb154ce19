using Airworthy.Alerts;

namespace Airworthy.Journeys.Queries;

/// <summary>All that is known of a change, in the order of the questions asked: what is it, where does it run, what happened.</summary>
/// <param name="Change">What it is and who wrote it.</param>
/// <param name="Commits">Its commits, the landing one first.</param>
/// <param name="Signals">What says who wrote it.</param>
/// <param name="Runs">Where its living lines run in production; empty when nothing is observed.</param>
/// <param name="RunsNote">Why <paramref name="Runs"/> is empty or partial, with what closes the gap; null when nothing is missing.</param>
/// <param name="Exposure">Where and how often it runs, unit by unit, and what of it nothing is seen of; null while its repository was not read.</param>
/// <param name="Standing">What production says of it so far; null when nothing of it was seen running.</param>
/// <param name="Transitions">What happened to it, oldest first.</param>
/// <param name="SwitchedOff">Why it holds over the fleet that it does harm, so that a flag over it answers off by itself; null when it does not.</param>
/// <param name="FlagsOff">The flags of the policy that keep it off now.</param>
/// <param name="Acknowledged">Who has seen that it is suspect, and what is done about it; null when nobody has.</param>
/// <param name="Incidents">Incidents that name it as a suspect.</param>
/// <param name="Lessons">Lessons drawn from it.</param>
/// <param name="Lines">Its lines that live at the tip, with what is known of each.</param>
/// <param name="Diff">What it changed; null when the repository can't be read now.</param>
public sealed record ChangeDetail(
    ChangeSummary Change,
    IReadOnlyList<string> Commits,
    IReadOnlyList<AuthorshipSignal> Signals,
    IReadOnlyList<UnitEvidence> Runs,
    string? RunsNote,
    ChangeExposure? Exposure,
    ChangeStanding? Standing,
    IReadOnlyList<ChangeTransition> Transitions,
    string? SwitchedOff,
    IReadOnlyList<string> FlagsOff,
    Acknowledgement? Acknowledged,
    IReadOnlyList<IncidentSummary> Incidents,
    IReadOnlyList<LessonSummary> Lessons,
    IReadOnlyList<LivingFile> Lines,
    CommitDiff? Diff);
