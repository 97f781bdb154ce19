namespace Airworthy.Journeys.Agents;

/// <summary>What is known of a file, or of one of its functions.</summary>
/// <param name="Path">The file.</param>
/// <param name="Revision">The commit that was read.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Wrote">Who wrote them.</param>
/// <param name="Critical">The critical areas of the policy that it lies in.</param>
/// <param name="Units">Its functions, in its order; a page of them.</param>
/// <param name="UnitsInAll">How many functions there are.</param>
/// <param name="Incidents">What broke through it, the last first.</param>
/// <param name="Rules">What incidents taught about it.</param>
/// <param name="Missing">What is not known, and how it would be.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
/// <param name="Note">How to read quotations.</param>
public sealed record CodeAnswer(
    Quote Path,
    string Revision,
    int Lines,
    WroteAnswer Wrote,
    IReadOnlyList<Quote> Critical,
    IReadOnlyList<UnitAnswer> Units,
    int UnitsInAll,
    IReadOnlyList<IncidentAnswer> Incidents,
    IReadOnlyList<RuleAnswer> Rules,
    IReadOnlyList<string> Missing,
    string? Next,
    string Note = Quote.Note);
