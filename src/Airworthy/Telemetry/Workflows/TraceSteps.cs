using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Telemetry.Workflows;

/// <summary>What one request told of one trace in one service: a part of the trace, or all of it.</summary>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Environment">The environment; empty when not told.</param>
/// <param name="Version">The version attributes.</param>
/// <param name="TraceId">Hex, lower case.</param>
/// <param name="IsTest">True when a span or its sender says that a test made it.</param>
/// <param name="Spans">How many spans these steps are from.</param>
/// <param name="Steps">The steps, each once.</param>
public sealed record TraceSteps(
    string Service, string Environment, ReportedVersion Version, string TraceId, bool IsTest, long Spans, ImmutableArray<WorkflowStep> Steps);
