using Airworthy.Probes.Tests.Weaving;
using Xunit;

namespace Airworthy.Probes.Tests.Runtime;

/// <summary>Many threads, and none left behind.</summary>
[Collection("the process's one meter")]
public sealed class ThreadTests
{
    [Fact]
    public void Millions_of_calls_from_64_threads_are_exact_while_they_are_exported()
    {
        using var sample = new LoadedSample(Compiled.From("""
            public static class Crowd
            {
                public static int Run(int times) { var sum = 0; for (var i = 0; i < times; i++) sum = Step(sum, i); return sum; }
                [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
                static int Step(int sum, int i) { if (i == 77_777) try { Fail(); } catch (System.TimeoutException) { sum++; } return sum + i; }
                static void Fail() => throw new System.TimeoutException();
            }
            """).Weave().Image);
        using var meter = new MeterReading();
        var run = sample.Assembly.GetType("Crowd")!.GetMethod("Run")!.CreateDelegate<Func<int, int>>();
        const int threads = 64, times = 100_000;
        var started = Enumerable.Range(0, threads).Select(_ => new Thread(() => run(times))).ToArray();
        Array.ForEach(started, thread => thread.Start());
        var last = 0L;
        while (Array.Exists(started, thread => thread.IsAlive))
        {
            var now = meter.Calls("M:Crowd.Step(System.Int32,System.Int32)");
            Assert.True(now >= last, "a count went back");
            last = now;
        }

        Assert.Equal((long)threads * times, meter.Calls("M:Crowd.Step(System.Int32,System.Int32)"));
        Assert.Equal(threads, meter.Calls("M:Crowd.Run(System.Int32)"));
        Assert.Equal(threads, meter.Failures("M:Crowd.Fail", "System.TimeoutException"));
    }

    [Fact]
    public void Threads_that_ended_leave_their_counts_and_nothing_else()
    {
        using var sample = new LoadedSample(Compiled.From("public static class Brief { public static void Run() => System.GC.KeepAlive(1); }").Weave().Image);
        var run = sample.Assembly.GetType("Brief")!.GetMethod("Run")!.CreateDelegate<Action>();
        for (var i = 0; i < 500; i++)
        {
            var thread = new Thread(() => run());
            thread.Start();
            thread.Join();
        }

        var counts = ProbeRegistry.All().Single(module => module.Tags is [{ Method.Id: "M:Brief.Run" }]);
        Assert.InRange(counts.Threads, 1, 40);
        var calls = new long[1];
        counts.ReadCalls(calls);
        Assert.Equal(500, calls[0]);
        Assert.Equal(0, counts.Threads);
    }

    [Fact]
    public void A_call_allocates_nothing_whether_or_not_anybody_listens()
    {
        using var sample = new LoadedSample(Compiled.From("""
            public static class Thrifty
            {
                public static long Run(int times)
                {
                    for (var i = 0; i < 20_000; i++) Step(i);
                    var before = System.GC.GetAllocatedBytesForCurrentThread();
                    for (var i = 0; i < times; i++) Step(i);
                    return System.GC.GetAllocatedBytesForCurrentThread() - before;
                }
                static int Step(int i) => i == int.MinValue ? throw new System.ArgumentException() : i + 1;
            }
            """).Weave().Image);
        Assert.Equal(0L, sample.Call("Thrifty", "Run", 1_000_000));
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter.Name == ProbeMeter.Name)
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        var timed = 0L;
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => timed++);
        listener.Start();
        Assert.Equal(0L, sample.Call("Thrifty", "Run", 1_000_000));
        Assert.True(timed > 10_000);
    }

    [Fact]
    public void A_listener_that_throws_changes_nothing()
    {
        using var sample = new LoadedSample(Compiled.From("public static class Upset { public static int Run(int n) => n < 0 ? throw new System.FormatException() : n; }").Weave().Image);
        using var meter = new MeterReading();
        meter.Recorded = instrument =>
        {
            if (instrument.Name is "airworthy.function.failures" or "airworthy.function.duration")
            {
                throw new InvalidOperationException("a broken listener");
            }
        };
        Assert.Throws<FormatException>(() => sample.Call("Upset", "Run", -1));
        for (var i = 0; i < 2000; i++)
        {
            Assert.Equal(i, sample.Call("Upset", "Run", i));
        }

        meter.Recorded = null;
        Assert.True(meter.Last("airworthy.probes.listener.faults", "") > 0);
    }
}
