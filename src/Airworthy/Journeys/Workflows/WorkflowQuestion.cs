namespace Airworthy.Journeys.Workflows;

/// <summary>Which workflows are asked for.</summary>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Environment">Only production traces of this environment; null for all that are no test's.</param>
/// <param name="Tests">The environment whose traces are tests'; null for the usual names (test, testing, ci…). What says itself that it is a test always is.</param>
/// <param name="Limit">At most so many workflows.</param>
public sealed record WorkflowQuestion(string Service, string? Environment, string? Tests, int Limit);
