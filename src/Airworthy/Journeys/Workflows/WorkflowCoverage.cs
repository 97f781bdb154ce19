namespace Airworthy.Journeys.Workflows;

/// <summary>How much of what production does tests do as well, and what they do not.</summary>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="ProductionTraces">Closed traces of production.</param>
/// <param name="ProductionShapes">Different shapes among them.</param>
/// <param name="TestTraces">Closed traces of tests.</param>
/// <param name="TestShapes">Different shapes among them.</param>
/// <param name="CoveredTraces">Production traces whose shape a test has; null when there is no evidence of tests, or none of production.</param>
/// <param name="LateSpans">Spans that came after their trace was closed, and are in no shape.</param>
/// <param name="SpansLeftOut">Spans of traces beyond the bounds.</param>
/// <param name="Untested">How many shapes no test has; the list may be shorter.</param>
/// <param name="Workflows">Shapes that no test has, ranked.</param>
public sealed record WorkflowCoverage(
    string Service,
    long ProductionTraces,
    int ProductionShapes,
    long TestTraces,
    int TestShapes,
    long? CoveredTraces,
    long LateSpans,
    long SpansLeftOut,
    int Untested,
    IReadOnlyList<WorkflowSummary> Workflows);
