namespace Airworthy.Journeys.Workflows;

/// <summary>The workflows that a beginning of a shape's id names.</summary>
public sealed record WorkflowMatches(IReadOnlyList<WorkflowSummary> Workflows);
