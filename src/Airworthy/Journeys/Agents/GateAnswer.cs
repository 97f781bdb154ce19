namespace Airworthy.Journeys.Agents;

/// <summary>What the gate says of a change.</summary>
/// <param name="Verdict"><c>pass</c>, <c>fail</c> or <c>insufficient</c>.</param>
/// <param name="Base">What it was compared with.</param>
/// <param name="Head">Its last commit; null for a diff.</param>
/// <param name="Files">Files changed.</param>
/// <param name="Wrote">Changed lines by who wrote them.</param>
/// <param name="Units">A page of what does not pass, the worst first.</param>
/// <param name="UnitsInAll">How many changed functions do not pass.</param>
/// <param name="UnitsChanged">How many functions changed.</param>
/// <param name="Rules">The rules that are not met.</param>
/// <param name="NotMeasured">Changed files that have no lines to judge.</param>
/// <param name="Get">The commands that get what is missing, the one that helps most first.</param>
/// <param name="Missing">What this answer does not know.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
/// <param name="Note">How to read quotations.</param>
public sealed record GateAnswer(
    string Verdict,
    string Base,
    string? Head,
    int Files,
    WroteAnswer Wrote,
    IReadOnlyList<JudgedAnswer> Units,
    int UnitsInAll,
    int UnitsChanged,
    IReadOnlyList<Quote> Rules,
    int NotMeasured,
    IReadOnlyList<Quote> Get,
    IReadOnlyList<string> Missing,
    string? Next,
    string Note = Quote.Note);
