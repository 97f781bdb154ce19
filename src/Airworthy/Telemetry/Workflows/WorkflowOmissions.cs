namespace Airworthy.Telemetry.Workflows;

/// <summary>What of a service no shape counts.</summary>
/// <param name="LateSpans">Spans that came after their trace was closed.</param>
/// <param name="SpansLeftOut">Spans of traces that were not looked at, of more steps than are kept, or of shapes beyond the bound.</param>
public sealed record WorkflowOmissions(long LateSpans, long SpansLeftOut);
