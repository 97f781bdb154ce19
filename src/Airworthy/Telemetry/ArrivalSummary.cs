using Airworthy.Model;

namespace Airworthy.Telemetry;

/// <summary>What arrived of one service, environment and version so far.</summary>
public sealed record ArrivalSummary(
    string Service,
    string Environment,
    ReportedVersion Version,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    long Spans,
    long Logs,
    long Exceptions,
    long WithCode,
    long UnknownSampling);
