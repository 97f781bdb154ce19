namespace Airworthy.Journeys.Agents;

/// <summary>Why an incident happened, as far as it is known.</summary>
/// <param name="Incident">What broke.</param>
/// <param name="FirstSeen">When first.</param>
/// <param name="Versions">In which versions, as sent.</param>
/// <param name="Reason">Why the verdict is as it is.</param>
/// <param name="Revision">The commit that was blamed; null when it is not known.</param>
/// <param name="Degraded">True when the branch's tip was blamed, since no version told what ran.</param>
/// <param name="Suspects">The most likely first.</param>
/// <param name="Frames">A page of the trace, innermost first.</param>
/// <param name="FramesInAll">How many frames there are.</param>
/// <param name="Rules">What it taught.</param>
/// <param name="Prove">The command that proves or repeats the answer; null when there is none.</param>
/// <param name="Next">The cursor of the next page of frames; null at the end.</param>
/// <param name="Note">How to read quotations.</param>
public sealed record WhyAnswer(
    IncidentAnswer Incident,
    string FirstSeen,
    IReadOnlyList<Quote> Versions,
    Quote Reason,
    string? Revision,
    bool Degraded,
    IReadOnlyList<SuspectAnswer> Suspects,
    IReadOnlyList<FrameAnswer> Frames,
    int FramesInAll,
    IReadOnlyList<RuleAnswer> Rules,
    Quote? Prove,
    string? Next,
    string Note = Quote.Note);
