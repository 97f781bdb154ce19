namespace Airworthy.Telemetry.Workflows;

/// <summary>What of a service no shape counts.</summary>
/// <param name="LateSpans">Spans that came after their trace was closed.</param>
/// <param name="TracesLeftOut">Traces beyond what a request may hold, or of more steps than are kept.</param>
public sealed record WorkflowOmissions(long LateSpans, long TracesLeftOut);
