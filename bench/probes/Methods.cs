using System.Diagnostics;
using System.Diagnostics.Metrics;
using Airworthy.Probes;

namespace Airworthy.ProbeCosts;

/// <summary>The method of one addition: as it is, with a probe, and as people instrument it by hand.</summary>
internal static class Methods
{
    public static readonly ActivitySource Source = new("bench");
    private static readonly Meter s_meter = new("bench");
    private static readonly Counter<long> s_calls = s_meter.CreateCounter<long>("calls");
    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>("duration");
    private static readonly KeyValuePair<string, object?> s_tag = new("code.function.name", "Methods.AddMetered");

    [NoProbe]
    public static long Add(long a, long b) => a + b;

    public static long AddProbed(long a, long b) => a + b;

    [NoProbe]
    public static long AddChecked(long a, long b) => checked(a + b);

    public static long AddCheckedProbed(long a, long b) => checked(a + b);

    [NoProbe]
    public static long AddTraced(long a, long b)
    {
        using var activity = Source.StartActivity("add");
        return a + b;
    }

    [NoProbe]
    public static long AddMetered(long a, long b)
    {
        var started = Stopwatch.GetTimestamp();
        var sum = a + b;
        s_calls.Add(1, s_tag);
        s_duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, s_tag);
        return sum;
    }
}
