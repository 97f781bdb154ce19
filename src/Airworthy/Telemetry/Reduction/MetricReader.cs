using System.Collections.Immutable;
using Airworthy.Telemetry.Durations;
using Airworthy.Telemetry.Protos;

namespace Airworthy.Telemetry.Reduction;

/// <summary>Reads the metrics of one request that count here: what probes count of functions, and how long a server's requests took.</summary>
/// <param name="clock">Turns senders' times into instants.</param>
/// <param name="count">Counts calls and bad ones under a key, of an instance.</param>
internal sealed class MetricReader(EventClock clock, Action<ObservationKey, long, long, string> count)
{
    // What a request may cost the store, however it is cut into histograms.
    private const int MostIntervals = 100_000;

    private int _intervals;

    public List<RunningTotal> Totals { get; } = [];

    public List<StatementFlags> Statements { get; } = [];

    public List<RunningDurations> RunningDurations { get; } = [];

    public Dictionary<(ObservationKey Key, string Instance), DurationHistogram> Durations { get; } = [];

    public Dictionary<ObservationKey, long> AllocatedBytes { get; } = [];

    /// <summary>Points that were not taken: without a place, of more places than are taken, or of values that can't be.</summary>
    public long Rejected { get; private set; }

    /// <summary>True when a metric is read.</summary>
    public static bool Reads(Metric metric) =>
        FunctionCounter.Is(metric) || FunctionCounter.IsOfStatements(metric) || DurationReader.IsOfFunctions(metric) || DurationReader.IsOfRequests(metric);

    /// <summary>Reads a metric that <see cref="Reads"/> accepts.</summary>
    public void Read(Sender sender, Resource? resource, Scope? scope, Metric metric)
    {
        if (DurationReader.IsOfFunctions(metric) || DurationReader.IsOfRequests(metric))
        {
            ReadDurations(sender, resource, scope, metric);
            return;
        }

        foreach (var point in metric.Gauge?.DataPoints ?? metric.Sum.DataPoints)
        {
            if (FunctionCounter.HasValue(point) && !Read(sender, resource, scope, metric, point))
            {
                Rejected++;
            }
        }
    }

    private bool Read(Sender sender, Resource? resource, Scope? scope, Metric metric, NumberDataPoint point)
    {
        if (FunctionCounter.Function(point.Attributes, sender) is not { } function || FunctionCounter.Value(point) is not { } value)
        {
            return false;
        }

        var at = clock.At(point.TimeUnixNano);
        var key = KeyOf(sender, function.Location, FunctionCounter.Source, at) with { Version = function.Version };
        if (FunctionCounter.IsOfStatements(metric))
        {
            if (Statements.Count == Reducer.MaxKeys || FunctionCounter.Statements(point, key, value) is not { } flags)
            {
                return false;
            }

            Statements.Add(flags);
            return true;
        }

        var counted = FunctionCounter.Counts(metric);
        if (metric.Sum.AggregationTemporality == AggregationTemporality.Delta)
        {
            return Count(key, counted, value, sender.Instance);
        }

        if (Totals.Count == Reducer.MaxKeys)
        {
            return false;
        }

        Totals.Add(new RunningTotal(
            key, FunctionCounter.Series(resource, scope, metric, point.Attributes, point.StartTimeUnixNano), at, value, counted, InstancesOf(sender)));
        return true;
    }

    private bool Count(ObservationKey key, CountedThing counted, long value, string instance)
    {
        if (counted != CountedThing.AllocatedBytes)
        {
            count(key, counted == CountedThing.Calls ? value : 0, counted == CountedThing.Failures ? value : 0, instance);
            return true;
        }

        if (AllocatedBytes.Count == Reducer.MaxKeys && !AllocatedBytes.ContainsKey(key))
        {
            return false;
        }

        AllocatedBytes[key] = AllocatedBytes.GetValueOrDefault(key) + value;
        return true;
    }

    private void ReadDurations(Sender sender, Resource? resource, Scope? scope, Metric metric)
    {
        var ofRequests = DurationReader.IsOfRequests(metric);
        foreach (var (start, time, attributes, durations) in DurationReader.Points(metric))
        {
            var at = clock.At(time);
            var key = ofRequests
                ? KeyOf(sender, DurationReader.Route(attributes), DurationReader.Source, at)
                : FunctionCounter.Function(attributes, sender) is { } function
                    ? KeyOf(sender, function.Location, FunctionCounter.Source, at) with { Version = function.Version }
                    : null;
            _intervals += durations?.Buckets.Length ?? 0;
            if (key is null || durations is null || _intervals > MostIntervals || RunningDurations.Count + Durations.Count >= Reducer.MaxKeys)
            {
                Rejected++;
                continue;
            }

            var isBad = ofRequests && DurationReader.IsBad(attributes);
            if (DurationReader.Temporality(metric) != AggregationTemporality.Delta)
            {
                RunningDurations.Add(new RunningDurations(
                    key, FunctionCounter.Series(resource, scope, metric, attributes, start), at, durations, ofRequests, isBad, InstancesOf(sender)));
                continue;
            }

            var place = (key, sender.Instance);
            Durations[place] = Durations.GetValueOrDefault(place, DurationHistogram.Empty).Merge(durations);
            if (ofRequests)
            {
                count(key, durations.Calls, isBad ? durations.Calls : 0, sender.Instance);
            }
        }
    }

    private static ImmutableArray<string> InstancesOf(Sender sender) => sender.Instance.Length > 0 ? [sender.Instance] : [];

    private static ObservationKey KeyOf(Sender sender, ObservedLocation location, string source, DateTimeOffset at) => new(
        sender.Service, sender.Environment, sender.Version, location, FlagVariant: "", sender.InstanceGroup, source, Sampling.All, EventClock.Minute(at));
}
