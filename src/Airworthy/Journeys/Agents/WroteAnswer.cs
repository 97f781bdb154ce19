namespace Airworthy.Journeys.Agents;

/// <summary>How many lines who wrote.</summary>
/// <param name="Ai">Lines of agents.</param>
/// <param name="Human">Lines attested to people.</param>
/// <param name="Unknown">Lines that nothing marks; never counted as people's.</param>
/// <param name="Agents">The agents, with their models.</param>
public sealed record WroteAnswer(int Ai, int Human, int Unknown, IReadOnlyList<Quote> Agents);
