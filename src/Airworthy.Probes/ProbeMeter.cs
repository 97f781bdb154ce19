using System.Diagnostics.Metrics;
using System.Runtime.Loader;

namespace Airworthy.Probes;

/// <summary>
/// The meter that everything is told through, by whatever exporter the app has. Calls and statements are read when an exporter collects;
/// failures and timed calls are recorded where they happen, so that exemplars link them to their traces.
/// </summary>
internal sealed class ProbeMeter : IDisposable
{
    /// <summary>The name to give <c>AddMeter</c>.</summary>
    public const string Name = "Airworthy.Probes";

    /// <summary>Where copies of this library in one process count themselves.</summary>
    private const string CopiesKey = "Airworthy.Probes.Copies";

    private const string DurationName = "airworthy.function.duration";
    private const string DurationTold = "How long calls took; 1 call in 64, at random.";

#if NET9_0_OR_GREATER
    // From a microsecond to ten seconds: the bounds that exporters use by default start where most functions have ended long ago.
    private static readonly double[] s_bounds =
    [
        1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2, 5, 10,
    ];
#endif

    private static ProbeMeter? s_current;
    private static int s_started;

    private readonly Meter _meter;
    private long _listenerFaults;

    private ProbeMeter(int copy)
    {
        var version = typeof(ProbeMeter).Assembly.GetName().Version?.ToString(3);
        // Two copies of one version would else be one meter to an exporter, and the one's counts overwrite the other's.
        _meter = new Meter(new MeterOptions(Name) { Version = version, Tags = copy > 1 ? [new("airworthy.probes.copy", copy)] : null });
        Failures = _meter.CreateCounter<long>("airworthy.function.failures", "{failure}", "Exceptions that left a function, by type.");
        Cancellations = _meter.CreateCounter<long>("airworthy.function.cancellations", "{cancellation}", "Calls that ended by cancellation.");
#if NET9_0_OR_GREATER
        Duration = _meter.CreateHistogram<double>(
            DurationName, "s", DurationTold, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [.. s_bounds] });
#else
        // Before .NET 9 bounds can only be set where metrics are exported, by a view.
        Duration = _meter.CreateHistogram<double>(DurationName, "s", DurationTold);
#endif
        _meter.CreateObservableCounter("airworthy.function.calls", Calls, "{call}", "Calls of a function.");
        _meter.CreateObservableCounter("airworthy.function.allocated", Allocated, "By", "Bytes that calls allocated, estimated from those timed.");
        _meter.CreateObservableGauge("airworthy.statements.ran", Statements, "1", "Which statements of a function ever ran: a bit for each of airworthy.statement.lines, the lowest for the first.");
        _meter.CreateObservableCounter("airworthy.probes.listener.faults", () => Volatile.Read(ref _listenerFaults), "{fault}", "Exceptions thrown by listeners of this meter.");
    }

    /// <summary>The meter; null until it is made, and again once this library is being unloaded.</summary>
    public static ProbeMeter? Current => Volatile.Read(ref s_current);

    public Counter<long> Failures { get; }

    public Counter<long> Cancellations { get; }

    public Histogram<double> Duration { get; }

    /// <summary>True when somebody listens to durations: else no call is timed.</summary>
    public bool Times => Duration.Enabled;

    /// <summary>
    /// Makes the meter once. Listeners are told of its instruments here, and they are the app's code: no lock is held meanwhile, and other threads
    /// go on without a meter.
    /// </summary>
    public static void Start()
    {
        if (Interlocked.Exchange(ref s_started, 1) != 0)
        {
            return;
        }

        try
        {
            var meter = new ProbeMeter(NextCopy());
            Volatile.Write(ref s_current, meter);
            if (AssemblyLoadContext.GetLoadContext(typeof(ProbeMeter).Assembly) is { IsCollectible: true } context)
            {
                // .NET keeps every meter until it is disposed of, and a meter keeps its callbacks: this library could never be unloaded.
                context.Unloading += static _ => Stop();
            }
        }
#pragma warning disable CA1031 // A listener that throws when it is told of an instrument must not keep the app's module from loading.
        catch (Exception)
#pragma warning restore CA1031
        {
            Stop();
        }
    }

    public void CountListenerFault() => Interlocked.Increment(ref _listenerFaults);

    public void Dispose() => _meter.Dispose();

    private static void Stop() => Interlocked.Exchange(ref s_current, null)?.Dispose();

    private static int NextCopy()
    {
        var copies = AppDomain.CurrentDomain.GetData(CopiesKey) as int[];
        if (copies is null)
        {
            AppDomain.CurrentDomain.SetData(CopiesKey, new int[1]);
            copies = AppDomain.CurrentDomain.GetData(CopiesKey) as int[];
        }

        return Interlocked.Increment(ref copies![0]);
    }

    private IEnumerable<Measurement<long>> Calls()
    {
        var told = new List<Measurement<long>>();
        var budget = SeriesBudget.Shared;
        var others = 0L;
        foreach (var module in ProbeRegistry.All())
        {
            foreach (var (isCancellation, failures) in module.AllFailures())
            {
                failures.Flush(isCancellation ? Cancellations : Failures);
            }

            var calls = new long[module.Methods];
            module.ReadCalls(calls);
            for (var i = 0; i < calls.Length; i++)
            {
                if (calls[i] > 0)
                {
                    Tell(module.Tags[i], calls[i]);
                }
            }
        }

        if (others > 0)
        {
            told.Add(new Measurement<long>(others, SeriesBudget.Overflow));
        }

        return told;

        void Tell(MethodTags method, long value)
        {
            if (budget.Holds(method))
            {
                told.Add(new Measurement<long>(value, method.All));
            }
            else
            {
                others += value;
            }
        }
    }

    private IEnumerable<Measurement<long>> Allocated()
    {
        foreach (var module in ProbeRegistry.All())
        {
            for (var i = 0; i < module.Methods; i++)
            {
                if (module.Allocated(i) is > 0 and var bytes && SeriesBudget.Shared.Holds(module.Tags[i]))
                {
                    yield return new Measurement<long>(bytes, module.Tags[i].All);
                }
            }
        }
    }

    private IEnumerable<Measurement<long>> Statements()
    {
        foreach (var module in ProbeRegistry.All())
        {
            var calls = new long[module.Methods];
            module.ReadCalls(calls);
            for (var i = 0; i < calls.Length; i++)
            {
                var method = module.Tags[i];
                if (method.Words.Length == 0 || !SeriesBudget.Shared.Holds(method))
                {
                    continue;
                }

                foreach (var word in method.Words)
                {
                    yield return new Measurement<long>(module.RanOf(method, word, calls[i] > 0), word.Tags);
                }
            }
        }
    }
}
