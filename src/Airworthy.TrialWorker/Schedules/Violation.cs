namespace Airworthy.TrialWorker.Schedules;

/// <summary>Threads that did together what they must not.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Scenario">What they were to do.</param>
/// <param name="Orders">What it gives one after the other.</param>
/// <param name="Execution">What they did.</param>
internal sealed record Violation(ViolationKind Kind, Scenario Scenario, SequentialOrders Orders, Execution Execution);
