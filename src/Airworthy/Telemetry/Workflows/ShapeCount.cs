using Airworthy.Model;

namespace Airworthy.Telemetry.Workflows;

/// <summary>How many closed traces of one service, environment and version had a shape.</summary>
public sealed record ShapeCount(
    WorkflowShape Shape,
    string Service,
    string Environment,
    ReportedVersion Version,
    bool IsTest,
    long Traces,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    string Example);
