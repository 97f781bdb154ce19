using System.Diagnostics;
using Xunit;

namespace Airworthy.Probes.Tests.Weaving;

/// <summary>What woven code counts.</summary>
[Collection("the process's one meter")]
public sealed class CountTests
{
    [Fact]
    public void Calls_are_counted_by_overload_with_their_place()
    {
        using var sample = Load("""
            public static class Overloads
            {
                public static int Add(int a, int b) => a + b;
                public static string Add(string a, string b)
                {
                    return string.Concat(a, b);
                }
            }
            """);
        using var meter = new MeterReading();
        for (var i = 0; i < 5; i++)
        {
            sample.Assembly.GetType("Overloads")!.GetMethod("Add", [typeof(int), typeof(int)])!.Invoke(null, [1, 2]);
        }

        sample.Assembly.GetType("Overloads")!.GetMethod("Add", [typeof(string), typeof(string)])!.Invoke(null, ["a", "b"]);

        Assert.Equal(5, meter.Calls("M:Overloads.Add(System.Int32,System.Int32)"));
        Assert.Equal(1, meter.Calls("M:Overloads.Add(System.String,System.String)"));
        var tags = meter.Tags("M:Overloads.Add(System.String,System.String)");
        Assert.Equal("Overloads.Add", tags["code.function.name"]);
        Assert.Equal("Code.cs", tags["code.file.path"]);
        Assert.Equal(6, tags["code.line.number"]);
        Assert.Equal("5eed", tags["vcs.ref.head.revision"]);
    }

    [Fact]
    public void Failures_are_counted_by_type_and_cancellations_apart()
    {
        using var sample = Load("""
            using System;
            using System.Threading.Tasks;
            public static class Failing
            {
                public static int Sync(int i)
                {
                    if (i == 1) throw new InvalidOperationException();
                    if (i == 2) throw new FormatException();
                    if (i == 3) throw new OperationCanceledException();
                    try { if (i == 4) throw new ArgumentException(); } catch (ArgumentException) { }
                    return i;
                }
                public static async Task<int> Async(int i) { await Task.Yield(); return Sync(i); }
            }
            """);
        using var meter = new MeterReading();
        for (var i = 0; i < 5; i++)
        {
            Swallow(() => sample.Call("Failing", "Sync", i));
            Swallow(() => ((Task)sample.Call("Failing", "Async", i)!).GetAwaiter().GetResult());
        }

        const string sync = "M:Failing.Sync(System.Int32)";
        const string async = "M:Failing.Async(System.Int32)";
        Assert.Equal(10, meter.Calls(sync));
        Assert.Equal(5, meter.Calls(async));
        Assert.Equal(2, meter.Failures(sync, "System.InvalidOperationException"));
        Assert.Equal(1, meter.Failures(async, "System.InvalidOperationException"));
        Assert.Equal(2, meter.Failures(sync, "System.FormatException"));
        Assert.Equal(2, meter.Cancellations(sync));
        Assert.Equal(1, meter.Cancellations(async));
        Assert.Equal(0, meter.Failures(sync, "System.ArgumentException"));
    }

    [Fact]
    public void Failures_before_anybody_listened_are_told_to_the_first_who_does()
    {
        using var sample = Load("public static class Early { public static void Fail() => throw new System.TimeoutException(); }");
        using (var meterOfOthers = new MeterReading("airworthy.function.duration"))
        {
            Swallow(() => sample.Call("Early", "Fail"));
        }

        using var meter = new MeterReading();
        meter.Collect();
        Swallow(() => sample.Call("Early", "Fail"));
        // Other tests of this process may have listened meanwhile: the failure is told once, to whoever listened when it was.
        Assert.InRange(meter.Failures("M:Early.Fail", "System.TimeoutException"), 1, 2);
    }

    [Fact]
    public void Iterators_are_called_when_they_are_enumerated()
    {
        using var sample = Load("""
            using System.Collections.Generic;
            public static class Lazy
            {
                public static IEnumerable<int> Numbers(int n) { for (var i = 0; i < n; i++) { if (i == 5) throw new System.InvalidOperationException(); yield return i; } }
            }
            """);
        using var meter = new MeterReading();
        var numbers = (IEnumerable<int>)sample.Call("Lazy", "Numbers", 3)!;
        Assert.Equal(0, meter.Calls("M:Lazy.Numbers(System.Int32)"));
        Assert.Equal(3, numbers.Count());
        Assert.Equal(3, numbers.Count());
        Assert.Throws<InvalidOperationException>(() => ((IEnumerable<int>)sample.Call("Lazy", "Numbers", 9)!).Count());

        Assert.Equal(3, meter.Calls("M:Lazy.Numbers(System.Int32)"));
        Assert.Equal(1, meter.Failures("M:Lazy.Numbers(System.Int32)", "System.InvalidOperationException"));
    }

    [Fact]
    public async Task Async_iterators_are_called_when_they_are_enumerated()
    {
        using var sample = Load("""
            using System.Collections.Generic;
            using System.Threading.Tasks;
            public static class Streams
            {
                public static async IAsyncEnumerable<int> Numbers(int n) { for (var i = 0; i < n; i++) { await Task.Yield(); if (i == 5) throw new System.InvalidOperationException(); yield return i; } }
            }
            """);
        using var meter = new MeterReading();
        var numbers = (IAsyncEnumerable<int>)sample.Call("Streams", "Numbers", 3)!;
        Assert.Equal(0, meter.Calls("M:Streams.Numbers(System.Int32)"));
        await foreach (var _ in numbers)
        {
            // Each is only taken.
        }

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var _ in (IAsyncEnumerable<int>)sample.Call("Streams", "Numbers", 9)!)
            {
                // Each is only taken.
            }
        });
        Assert.Equal(2, meter.Calls("M:Streams.Numbers(System.Int32)"));
        Assert.Equal(1, meter.Failures("M:Streams.Numbers(System.Int32)", "System.InvalidOperationException"));
    }

    [Fact]
    public void Lambdas_and_local_functions_are_parts_of_the_overload_they_stand_in()
    {
        using var sample = Load("""
            using System;
            public static class Parts
            {
                public static int Run(int n)
                {
                    int Twice(int x) => x * 2;
                    return Twice(Twice(n));
                }

                public static int Run(string s)
                {
                    Func<string, int> length = x => x.Length;
                    return length(s) + length(s) + length(s);
                }
            }
            """);
        using var meter = new MeterReading();
        sample.Assembly.GetType("Parts")!.GetMethod("Run", [typeof(int)])!.Invoke(null, [1]);
        sample.Assembly.GetType("Parts")!.GetMethod("Run", [typeof(string)])!.Invoke(null, ["x"]);

        Assert.Equal(2, meter.Calls("M:Parts.Run(System.Int32)", "Twice"));
        Assert.Equal(3, meter.Calls("M:Parts.Run(System.String)", "lambda"));
        Assert.Equal(1, meter.Calls("M:Parts.Run(System.String)"));
        Assert.Equal("Parts.Run", meter.Tags("M:Parts.Run(System.String)", "lambda")["code.function.name"]);
    }

    [Fact]
    public void Lambdas_on_one_line_are_counted_as_one()
    {
        using var sample = Load("""
            using System;
            public static class OneLine
            {
                public static int Run() => ((Func<int>)(() => 1))() + ((Func<int>)(() => 2))();
            }
            """);
        using var meter = new MeterReading();
        sample.Call("OneLine", "Run");

        Assert.Equal(2, meter.Calls("M:OneLine.Run", "lambda"));
    }

    [Fact]
    public void Statements_that_never_ran_are_known()
    {
        using var sample = Load("""
            public static class Branches
            {
                public static string Of(int n)
                {
                    if (n > 10)
                    {
                        System.GC.KeepAlive(n);
                        return "large";
                    }

                    return n < 0 ? "negative" : "small";
                }

                public static void Never() => System.GC.KeepAlive(1);
            }
            """);
        using var meter = new MeterReading();
        sample.Call("Branches", "Of", 1);

        Assert.Equal([5, 11], meter.Statements("M:Branches.Of(System.Int32)", ran: true));
        Assert.Equal([7, 8], meter.Statements("M:Branches.Of(System.Int32)", ran: false));
        Assert.Equal([14], meter.Statements("M:Branches.Never", ran: false));
        sample.Call("Branches", "Of", 11);
        Assert.Equal([5, 7, 8, 11], meter.Statements("M:Branches.Of(System.Int32)", ran: true));
    }

    [Fact]
    public void Of_many_statements_each_is_known()
    {
        var steps = string.Join("\n", Enumerable.Range(1, 40).Select(i => $"        if (n > {i}) System.GC.KeepAlive(n);"));
        using var sample = Load($"public static class Steps\n{{\n    public static void Of(int n)\n    {{\n{steps}\n    }}\n}}\n");
        using var meter = new MeterReading();
        sample.Call("Steps", "Of", 38);

        var ran = meter.Statements("M:Steps.Of(System.Int32)", ran: true);
        var never = meter.Statements("M:Steps.Of(System.Int32)", ran: false);
        Assert.Equal(80, ran.Count + never.Count);
        Assert.Equal([42, 43, 44], never);
    }

    [Fact]
    public void One_call_in_64_is_timed_whatever_the_loop_does()
    {
        using var sample = Load("""
            public static class Rhythm
            {
                static int s_n;
                public static void Run(int times) { for (var i = 0; i < times; i++) { for (var j = 0; j < 63; j++) Often(); Seldom(); } }
                static void Often() => System.Threading.Volatile.Write(ref s_n, s_n + 1);
                static void Seldom() => System.Threading.Volatile.Write(ref s_n, s_n - 1);
            }
            """);
        using var meter = new MeterReading("airworthy.function.duration", "airworthy.function.calls");
        const int times = 64_000;
        sample.Call("Rhythm", "Run", times);

        // 1,000 and 63,000 are expected; six standard deviations either way. A fixed gap of 64 would time all of the one and none of the other.
        Assert.InRange(meter.Timed("M:Rhythm.Seldom"), 1000 - 190, 1000 + 190);
        Assert.InRange(meter.Timed("M:Rhythm.Often"), 63_000 - 1500, 63_000 + 1500);
        Assert.Equal(times, meter.Calls("M:Rhythm.Seldom"));
    }

    [Fact]
    public async Task Async_calls_are_timed_to_their_end()
    {
        using var sample = Load("""
            using System.Threading.Tasks;
            public static class Waiting
            {
                public static async Task Wait(Task until) { await until; }
            }
            """);
        using var meter = new MeterReading();
        var until = new TaskCompletionSource();
        var waiting = Enumerable.Range(0, 4096).Select(_ => (Task)sample.Call("Waiting", "Wait", until.Task)!).ToArray();
        Assert.Equal(0, meter.Timed("M:Waiting.Wait(System.Threading.Tasks.Task)"));
        until.SetResult();
        await Task.WhenAll(waiting);

        Assert.InRange(meter.Timed("M:Waiting.Wait(System.Threading.Tasks.Task)"), 16, 128);
    }

    [Fact]
    public void Allocated_bytes_are_estimated()
    {
        using var sample = Load("public static class Allocating { public static object Make(int n) => new byte[n]; }");
        using var meter = new MeterReading();
        for (var i = 0; i < 64_000; i++)
        {
            sample.Call("Allocating", "Make", 1000);
        }

        Assert.InRange(meter.Last("airworthy.function.allocated", "M:Allocating.Make(System.Int32)") / 64_000, 800, 1300);
    }

    [Fact]
    public void Failures_and_timed_calls_are_recorded_within_their_trace()
    {
        using var sample = Load("public static class Traced { public static int Run(int n) => n < 0 ? throw new System.InvalidOperationException() : n; }");
        using var meter = new MeterReading();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        using var activity = new Activity("request").Start();
        meter.Recorded = instrument =>
        {
            if (Activity.Current?.TraceId == activity.TraceId)
            {
                seen.Add(instrument.Name);
            }
        };
        Swallow(() => sample.Call("Traced", "Run", -1));
        for (var i = 0; i < 2000; i++)
        {
            sample.Call("Traced", "Run", i);
        }

        Assert.Contains("airworthy.function.failures", seen);
        Assert.Contains("airworthy.function.duration", seen);
    }

    [Fact]
    public void Tail_calls_and_inlined_methods_are_counted_alone()
    {
        const string source = """
            using System.Runtime.CompilerServices;
            public static class Hot
            {
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                public static int Parse(string s) => int.Parse(s);
            }
            """;
        var woven = Compiled.From(source).Weave();
        Assert.StartsWith("calls only", woven.Of("M:Hot.Parse(System.String)").Reason, StringComparison.Ordinal);
        using var sample = new LoadedSample(woven.Image);
        using var meter = new MeterReading();
        sample.Call("Hot", "Parse", "1");
        Assert.Throws<FormatException>(() => sample.Call("Hot", "Parse", "x"));

        Assert.Equal(2, meter.Calls("M:Hot.Parse(System.String)"));
        Assert.Equal(0, meter.Failures("M:Hot.Parse(System.String)", "System.FormatException"));
    }

    private static LoadedSample Load(string source) => new(Compiled.From(source).Weave().Image, isCollectible: false);

    private static void Swallow(Action action)
    {
        try
        {
            action();
        }
        catch (Exception thrown) when (thrown is SystemException or OperationCanceledException)
        {
            // What it throws is the sample's business; that it was counted is the test's.
        }
    }
}
