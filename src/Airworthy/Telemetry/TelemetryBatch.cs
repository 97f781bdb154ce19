using System.Collections.Immutable;
using Airworthy.Telemetry.Durations;
using Airworthy.Telemetry.Workflows;

namespace Airworthy.Telemetry;

/// <summary>A request's telemetry, reduced. Stored as one: all of it or nothing. Its lists are the caller's, who takes them back once it is stored.</summary>
/// <param name="Digest">SHA-256 of the request's bytes, hex: a repeated batch counts once.</param>
/// <param name="Observations">Counts to be added.</param>
/// <param name="Totals">Counters as they stand.</param>
/// <param name="Statements">What of functions ever ran.</param>
/// <param name="Exceptions">Exceptions seen.</param>
/// <param name="Arrivals">Who sent it.</param>
public sealed record TelemetryBatch(
    string Digest,
    IReadOnlyList<Observation> Observations,
    ImmutableArray<RunningTotal> Totals,
    ImmutableArray<StatementFlags> Statements,
    ImmutableArray<ExceptionSighting> Exceptions,
    IReadOnlyList<Arrival> Arrivals)
{
    /// <summary>What its spans told of traces.</summary>
    public SentTraces Traces { get; init; } = SentTraces.None;

    /// <summary>How long calls took, to be added.</summary>
    public ImmutableArray<ObservedDurations> Durations { get; init; } = [];

    /// <summary>How long calls took, as running histograms stand.</summary>
    public ImmutableArray<RunningDurations> RunningDurations { get; init; } = [];
}
