using System.Collections.Immutable;

namespace Airworthy.Telemetry.Workflows;

/// <summary>What one request told of traces.</summary>
/// <param name="Traces">The parts of the traces that were looked at.</param>
/// <param name="OneIn">One trace in so many was looked at; a power of two, 1 for all. See <see cref="TraceChoice"/>.</param>
/// <param name="SpansLeftOut">Spans of the others, by service, each once.</param>
public sealed record SentTraces(ImmutableArray<TraceSteps> Traces, int OneIn, ImmutableArray<(string Service, long Spans)> SpansLeftOut)
{
    /// <summary>No span was sent.</summary>
    public static SentTraces None { get; } = new([], 1, []);
}
