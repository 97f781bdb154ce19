using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

public static class Asynchronous
{
    static string Run(Func<Task<string>> work) => work().GetAwaiter().GetResult();

    static string Clean(Exception e) => string.Join("\n", e.ToString().Split('\n').Where(l => !l.Contains("System.Threading") && !l.Contains("--- End")));

    public static string Tasks_complete_and_fail() => Run(async () =>
    {
        var log = new List<string> { (await Add(1, 2)).ToString(CultureInfo.InvariantCulture) };
        try { await Fails(true); } catch (InvalidOperationException e) { log.Add(Clean(e)); }
        try { await Fails(false); } catch (InvalidOperationException e) { log.Add(Clean(e)); }
        await Nothing();
        log.Add(await Value(true) + await Value(false));
        return string.Join(",", log);
    });

    static async Task<int> Add(int a, int b) { await Task.Yield(); return a + b; }
    static async Task Fails(bool late) { if (late) await Task.Yield(); throw new InvalidOperationException(late ? "late" : "early"); }
    static async Task Nothing() => await Task.CompletedTask;
    static async ValueTask<string> Value(bool late) { if (late) await Task.Delay(1); return late ? "L" : "E"; }

    public static string Finally_blocks_await() => Run(async () =>
    {
        var log = new List<string>();
        try { await Cleanup(log); } catch (TimeoutException e) { log.Add(Clean(e)); }
        return string.Join(",", log);
    });

    static async Task Cleanup(List<string> log)
    {
        await using var d = new Disposes(log);
        try { await Task.Yield(); throw new TimeoutException(); }
        catch (TimeoutException) when (log.Count == 0) { log.Add("catch"); await Task.Yield(); throw; }
        finally { await Task.Yield(); log.Add("finally"); }
    }

    sealed class Disposes(List<string> log) : IAsyncDisposable { public async ValueTask DisposeAsync() { await Task.Yield(); log.Add("disposed"); } }

    public static string Cancellation_cancels() => Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var task = Waits(stop.Token);
        stop.Cancel();
        try { await task; return "?"; } catch (OperationCanceledException) { return task.Status.ToString(); }
    });

    static async Task Waits(CancellationToken token) => await Task.Delay(Timeout.Infinite, token);

    public static string Async_void_reports_to_its_context()
    {
        var before = SynchronizationContext.Current;
        var context = new Inline();
        SynchronizationContext.SetSynchronizationContext(context);
        try { Void(); Void2(); } finally { SynchronizationContext.SetSynchronizationContext(before); }
        return context.Caught + context.Operations;
    }

    static async void Void() { await Task.CompletedTask; throw new InvalidOperationException("void"); }
    static async void Void2() => await Task.CompletedTask;

    sealed class Inline : SynchronizationContext
    {
        public string Caught = ""; public int Operations;
        public override void Post(SendOrPostCallback d, object? state) { try { d(state); } catch (Exception e) { Caught += e.GetType().Name + e.Message; } }
        public override void OperationStarted() => Operations++;
        public override void OperationCompleted() => Operations += 10;
    }

    public static string Iterators_are_lazy_and_clean_up()
    {
        var log = new List<string>();
        var lazy = Numbers(log, 3);
        log.Add("made");
        foreach (var n in lazy) { log.Add("n" + n); if (n == 1) break; }
        try { foreach (var n in Numbers(log, -1)) { log.Add("n" + n); } } catch (ArgumentException e) { log.Add(e.ToString()); }
        foreach (var n in lazy) log.Add("again" + n);
        return string.Join(",", log);
    }

    static IEnumerable<int> Numbers(List<string> log, int to)
    {
        log.Add("start");
        try
        {
            yield return 0;
            if (to < 0)
            {
                throw new ArgumentException("neg");
            }
            for (var i = 1; i < to; i++) yield return i;
        }
        finally { log.Add("cleanup"); }
    }

    public static string Enumerators_step() { using var e = Letters<char>('a').GetEnumerator(); var s = ""; while (e.MoveNext()) s += e.Current; return s + string.Concat(Flat([[1, 2], [3]])); }
    static IEnumerable<T> Letters<T>(T c) { yield return c; yield return c; yield break; }
    static IEnumerable<T> Flat<T>(IEnumerable<IEnumerable<T>> nested) { foreach (var inner in nested) foreach (var one in inner) yield return one; }

    public static string Async_iterators_stream() => Run(async () =>
    {
        var log = new List<string>();
        await foreach (var n in Stream(log, 3)) { log.Add("n" + n); if (n == 1) break; }
        try { await foreach (var n in Stream(log, -1)) log.Add("n" + n); } catch (ArgumentException e) { log.Add(Clean(e)); }
        return string.Join(",", log);
    });

    static async IAsyncEnumerable<int> Stream(List<string> log, int to, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        try
        {
            await Task.Yield();
            yield return 0;
            if (to < 0) throw new ArgumentException("neg");
            for (var i = 1; i < to; i++) { await Task.Delay(1, cancel); yield return i; }
        }
        finally { log.Add("cleanup"); await Task.Yield(); }
    }

    public static string Generic_async_works() => Run(async () => await new Repo<string>().Get<int>("k", 4) + await new Repo<List<int>>().Get("k", Guid.Empty));

    sealed class Repo<T> { public async Task<string> Get<TKey>(string s, TKey key) where TKey : notnull { await Task.Yield(); return typeof(T).Name + typeof(TKey).Name + key + s; } }

    public static string Async_lambdas_and_local_functions_work() => Run(async () =>
    {
        Func<int, Task<int>> twice = async n => { await Task.Yield(); return n * 2; };
        async Task<int> Local(int n) { await Task.Yield(); return n == 0 ? throw new InvalidOperationException("local") : n; }
        try { await Local(0); } catch (InvalidOperationException e) { return await twice(4) + await Local(3) + Clean(e); }
        return "?";
    });

    public static string Struct_methods_can_be_async() => Run(async () => await new Holder { N = 4 }.Get());
    struct Holder { public int N; public readonly async Task<string> Get() { var self = this; await Task.Yield(); return "s" + self.N; } }

    public static string Pooled_builders_work() => Run(async () => await Pooled(3) + await Pooled(4));
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    static async ValueTask<string> Pooled(int n) { await Task.Yield(); return "p" + n; }

    public static string Task_sources_of_the_users_own_are_not_taken_for_the_builder() => Run(async () => await Own(true) + await Own(false));
    static async Task<string> Own(bool fail)
    {
        var source = new TaskCompletionSource<string>();
        if (fail) source.SetException(new InvalidOperationException("own")); else source.SetResult("ok");
        await Task.Yield();
        try { return await source.Task; } catch (InvalidOperationException e) { return e.Message; }
    }
}
