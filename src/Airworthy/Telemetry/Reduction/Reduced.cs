using System.Collections.Immutable;
using Airworthy.Telemetry.Durations;
using Airworthy.Telemetry.Workflows;

namespace Airworthy.Telemetry.Reduction;

/// <summary>What is left of a request: counts and exceptions, and what could not be taken.</summary>
/// <param name="Observations">Counts to be added.</param>
/// <param name="Totals">Counters as they stand.</param>
/// <param name="Statements">What of functions ever ran.</param>
/// <param name="Exceptions">Exceptions seen.</param>
/// <param name="Arrivals">Who sent it.</param>
/// <param name="Items">Spans, log records or metrics read.</param>
/// <param name="Rejected">Items that were not taken.</param>
/// <param name="TimesReplaced">Event times out of range.</param>
/// <param name="Warning">What to tell the sender; empty when all was taken.</param>
internal sealed record Reduced(
    ImmutableArray<Observation> Observations,
    ImmutableArray<RunningTotal> Totals,
    ImmutableArray<StatementFlags> Statements,
    ImmutableArray<ExceptionSighting> Exceptions,
    ImmutableArray<Arrival> Arrivals,
    long Items,
    long Rejected,
    long TimesReplaced,
    string Warning)
{
    /// <summary>What spans told of traces.</summary>
    public SentTraces Traces { get; init; } = SentTraces.None;

    /// <summary>How long calls took, to be added.</summary>
    public ImmutableArray<ObservedDurations> Durations { get; init; } = [];

    /// <summary>How long calls took, as running histograms stand.</summary>
    public ImmutableArray<RunningDurations> RunningDurations { get; init; } = [];

    /// <summary>True when there is nothing to store.</summary>
    public bool IsEmpty => Observations.IsEmpty && Durations.IsEmpty && RunningDurations.IsEmpty && Totals.IsEmpty && Statements.IsEmpty && Exceptions.IsEmpty && Arrivals.IsEmpty;

    public TelemetryBatch ToBatch(string digest) => new(digest, Observations, Totals, Statements, Exceptions, Arrivals)
    {
        Traces = Traces,
        Durations = Durations,
        RunningDurations = RunningDurations,
    };
}
