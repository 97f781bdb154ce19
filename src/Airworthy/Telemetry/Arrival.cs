using Airworthy.Model;

namespace Airworthy.Telemetry;

/// <summary>How much telemetry of each kind one service and version sent in a batch; what <c>airworthy doctor</c> tells from.</summary>
public readonly record struct Arrival(
    string Service, string Environment, ReportedVersion Version, DateTimeOffset At, long Spans, long Logs, long Exceptions, long WithCode, long UnknownSampling);
