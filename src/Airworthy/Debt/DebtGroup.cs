namespace Airworthy.Debt;

/// <summary>The agent debt of statements that have something in common.</summary>
/// <param name="Name">What: a folder, an agent, a model, an age. From the repository: hostile.</param>
/// <param name="Statements">AI-written statements.</param>
/// <param name="Unproven">Those that production has not proven.</param>
/// <param name="Weighted">The same, each by how much depends on it: see <see cref="DebtWeight"/>.</param>
public sealed record DebtGroup(string Name, long Statements, long Unproven, double Weighted);
