namespace Airworthy.Journeys.Agents;

/// <summary>A commit that may be behind an incident. Who wrote it never moved its score.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Title">Its subject.</param>
/// <param name="Role"><c>caused</c> or <c>exposed</c>.</param>
/// <param name="Score">Its share of belief, 0 to 1.</param>
/// <param name="Reasons">Evidence one can check, the strongest first.</param>
/// <param name="Proof">How an experiment confirmed it; null when it is only suspicion.</param>
/// <param name="Author">Who wrote it: <c>ai</c>, <c>human</c> or <c>unknown</c>.</param>
/// <param name="Agents">The agents that wrote it.</param>
public sealed record SuspectAnswer(
    string Commit, Quote? Title, string Role, double Score, IReadOnlyList<Quote> Reasons, Quote? Proof, string Author, IReadOnlyList<Quote> Agents);
