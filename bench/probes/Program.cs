using System.Diagnostics;
using System.Globalization;
using Airworthy.ProbeCosts;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

// Every kind runs once a round, one after the other, so that what else the machine does falls on all alike; the median round counts.
const int rounds = 15;
Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {rounds} rounds");
Console.WriteLine();
Console.WriteLine("| threads | listening | method | ns of processor time a call | beside the same without | bytes a call |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (var threads in args is [var one] ? [int.Parse(one, CultureInfo.InvariantCulture)] : (int[])[1, 2, 8])
{
    Table(threads, "nobody", [new("one addition", Loops.Plain, 1), new("with a probe", Loops.Probed, 1), new("one checked addition", Loops.PlainChecked, 1), new("with a probe", Loops.ProbedChecked, 1)]);
    using var meters = Sdk.CreateMeterProviderBuilder().AddMeter("Airworthy.Probes", "bench").AddReader(new PeriodicExportingMetricReader(new Dropped<Metric>(), 1000)).Build();
    using var traces = Sdk.CreateTracerProviderBuilder().AddSource("bench").SetSampler(new AlwaysOnSampler()).AddProcessor(new SimpleActivityExportProcessor(new Dropped<Activity>())).Build();
    Table(
        threads,
        "OpenTelemetry",
        [
            new("one addition", Loops.Plain, 1), new("with a probe", Loops.Probed, 1), new("one checked addition", Loops.PlainChecked, 1), new("with a probe", Loops.ProbedChecked, 1),
            new("one addition", Loops.Plain, 1), new("with Counter.Add and Histogram.Record", Loops.Metered, 50), new("one addition", Loops.Plain, 1), new("with an Activity", Loops.Traced, 200),
        ]);
}

static void Table(int threads, string listening, Kind[] kinds)
{
    const int calls = 20_000_000;
    var nanoseconds = kinds.Select(_ => new double[rounds]).ToArray();
    var bytes = new long[kinds.Length];
    for (var round = -3; round < rounds; round++)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            var times = calls / kinds[i].Slower;
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var took = Measure(threads, times, kinds[i].Loop);
            if (round >= 0)
            {
                nanoseconds[i][round] = took.TotalNanoseconds / ((double)times * threads);
                bytes[i] += Math.Max(0, GC.GetTotalAllocatedBytes(precise: true) - before - (threads * 2048L)) / times / threads;
            }
        }
    }

    for (var i = 0; i < kinds.Length; i++)
    {
        var median = nanoseconds[i].Order().ElementAt(rounds / 2);
        var plain = i % 2 == 1 ? nanoseconds[i].Zip(nanoseconds[i - 1], (with, without) => with - without).Order().ElementAt(rounds / 2) : 0;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {threads} | {listening} | {kinds[i].Name} | {median:0.00} | {(i % 2 == 1 ? $"+ {plain:0.00} ns" : "")} | {bytes[i] / rounds} |"));
    }
}

static TimeSpan Measure(int threads, int times, Func<int, long> loop)
{
    using var ready = new Barrier(threads + 1);
    var sums = new long[threads];
    var workers = Enumerable.Range(0, threads).Select(i => new Thread(() =>
    {
        ready.SignalAndWait();
        sums[i] = loop(times);
    })).ToArray();
    Array.ForEach(workers, worker => worker.Start());
    // The processors' time, not the clock's: threads wait for each other, and for what else the machine does.
    var started = Environment.CpuUsage.TotalTime;
    ready.SignalAndWait();
    Array.ForEach(workers, worker => worker.Join());
    GC.KeepAlive(sums);
    return Environment.CpuUsage.TotalTime - started;
}
