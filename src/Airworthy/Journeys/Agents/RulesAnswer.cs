namespace Airworthy.Journeys.Agents;

/// <summary>The rules that hold for some paths.</summary>
/// <param name="Rules">A page of them: first what incidents taught, what came back most first, then what the gate asks.</param>
/// <param name="RulesInAll">How many there are.</param>
/// <param name="Missing">What is not known, and how it would be.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
/// <param name="Note">How to read quotations.</param>
public sealed record RulesAnswer(
    IReadOnlyList<RuleAnswer> Rules, int RulesInAll, IReadOnlyList<string> Missing, string? Next, string Note = Quote.Note);
