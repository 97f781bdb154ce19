namespace Airworthy.Journeys.Debts;

/// <summary>How many lines lived at a release, by who wrote them.</summary>
/// <param name="Name">The tag, or <c>now</c>.</param>
/// <param name="At">When its commit landed.</param>
/// <param name="Ai">AI-written lines.</param>
/// <param name="Unknown">Lines of nobody known.</param>
/// <param name="Human">People's lines.</param>
public sealed record DebtRelease(string Name, DateTimeOffset At, long Ai, long Unknown, long Human);
