using System.Collections.Concurrent;
using System.Collections.Immutable;
using Airworthy.Telemetry.Durations;
using Airworthy.Telemetry.Workflows;

namespace Airworthy.Telemetry.Reduction;

/// <summary>
/// What is left of a request: counts and exceptions, and what could not be taken. Its lists are lent: who has stored it may give it back for a later request, and
/// who does not leaves it to the collector.
/// </summary>
internal sealed class Reduced
{
    // As many as are stored at the same time.
    private const int MostFree = 256;
    private const int MostKept = 1_000;

    private static readonly ConcurrentQueue<Reduced> s_free = [];

    /// <summary>Counts to be added.</summary>
    public List<Observation> Observations { get; } = [];

    /// <summary>Who sent it.</summary>
    public List<Arrival> Arrivals { get; } = [];

    /// <summary>Counters as they stand.</summary>
    public ImmutableArray<RunningTotal> Totals { get; set; } = [];

    /// <summary>What of functions ever ran.</summary>
    public ImmutableArray<StatementFlags> Statements { get; set; } = [];

    /// <summary>Exceptions seen.</summary>
    public ImmutableArray<ExceptionSighting> Exceptions { get; set; } = [];

    /// <summary>What spans told of traces.</summary>
    public SentTraces Traces { get; set; } = SentTraces.None;

    /// <summary>How long calls took, to be added.</summary>
    public ImmutableArray<ObservedDurations> Durations { get; set; } = [];

    /// <summary>How long calls took, as running histograms stand.</summary>
    public ImmutableArray<RunningDurations> RunningDurations { get; set; } = [];

    /// <summary>Spans, log records or metrics read.</summary>
    public long Items { get; set; }

    /// <summary>Items that were not taken.</summary>
    public long Rejected { get; set; }

    /// <summary>Event times out of range.</summary>
    public long TimesReplaced { get; set; }

    /// <summary>What to tell the sender; empty when all was taken.</summary>
    public string Warning { get; set; } = "";

    /// <summary>True when there is nothing to store.</summary>
    public bool IsEmpty => Observations.Count == 0 && Durations.IsEmpty && RunningDurations.IsEmpty && Totals.IsEmpty && Statements.IsEmpty && Exceptions.IsEmpty && Arrivals.Count == 0;

    /// <summary>An empty one.</summary>
    public static Reduced Rent() => s_free.TryDequeue(out var free) ? free : new Reduced();

    /// <summary>Gives it back. Nobody may look at it, or at a batch made of it, any more.</summary>
    public void Return()
    {
        if (Observations.Capacity > MostKept || Arrivals.Capacity > MostKept || s_free.Count >= MostFree)
        {
            return;
        }

        Observations.Clear();
        Arrivals.Clear();
        (Totals, Statements, Exceptions, Durations, RunningDurations, Traces) = ([], [], [], [], [], SentTraces.None);
        s_free.Enqueue(this);
    }

    public TelemetryBatch ToBatch(string digest) => new(digest, Observations, Totals, Statements, Exceptions, Arrivals)
    {
        Traces = Traces,
        Durations = Durations,
        RunningDurations = RunningDurations,
    };
}
