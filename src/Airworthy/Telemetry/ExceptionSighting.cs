using Airworthy.Model;

namespace Airworthy.Telemetry;

/// <summary>One exception as it was sent, from a span event or a log record.</summary>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Environment">The environment; empty when not told.</param>
/// <param name="Version">The version attributes.</param>
/// <param name="Instance"><c>service.instance.id</c>; empty when not told.</param>
/// <param name="At">Event time, UTC.</param>
/// <param name="TraceId">Hex, lower case; null when outside a trace.</param>
/// <param name="SpanId">Hex; null when outside a span.</param>
/// <param name="Type"><c>exception.type</c>.</param>
/// <param name="Message"><c>exception.message</c>: hostile.</param>
/// <param name="StackTrace"><c>exception.stacktrace</c>: hostile.</param>
/// <param name="Operation">The span's route or name; null when not told.</param>
/// <param name="Signal"><c>span</c> or <c>log</c>.</param>
public sealed record ExceptionSighting(
    string Service,
    string Environment,
    ReportedVersion Version,
    string Instance,
    DateTimeOffset At,
    string? TraceId,
    string? SpanId,
    string? Type,
    string? Message,
    string? StackTrace,
    string? Operation,
    string Signal);
