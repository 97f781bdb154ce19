using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;

public static class Flow
{
    public static string Nested_handlers_run_in_their_order()
    {
        var log = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            try { log.Add(Handlers(i, log)); }
            catch (Exception e) { log.Add(e.GetType().Name + ":" + e.Message); }
        }
        return string.Join(",", log);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static string Handlers(int i, List<string> log)
    {
        try
        {
            try
            {
                if (i == 0) return "early";
                if (i == 1) throw new InvalidOperationException("one");
                if (i == 2) throw new ArgumentException("two");
                if (i == 3) throw new FormatException("three");
                log.Add("body" + i);
            }
            catch (InvalidOperationException e) when (Log(log, "filter " + e.Message))
            {
                return "caught";
            }
            catch (ArgumentException)
            {
                throw;
            }
            finally
            {
                log.Add("finally" + i);
            }
            if (i == 4) return "late";
        }
        catch (FormatException e)
        {
            throw new NotSupportedException("wrapped " + e.Message, e);
        }
        finally
        {
            log.Add("outer" + i);
        }
        return "end";
    }

    static bool Log(List<string> log, string text) { log.Add(text); return true; }

    public static string A_callers_filter_runs_before_inner_finally_blocks()
    {
        var log = new List<string>();
        try { Throws(log); }
        catch (InvalidOperationException) when (Log(log, "filter")) { log.Add("caught"); }
        return string.Join(",", log);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Throws(List<string> log)
    {
        try { throw new InvalidOperationException(); }
        finally { log.Add("finally"); }
    }

    public static string Stack_traces_tell_the_same_lines()
    {
        try { Outer(3); return "no"; }
        catch (Exception e) { return e.ToString(); }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int Outer(int n)
    {
        var doubled = n * 2;
        return Inner(doubled,
            n - 3)
            + doubled;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int Inner(int a, int b)
    {
        if (a > 100)
        {
            return 0;
        }

        return a / b;
    }

    public static string Rethrown_exceptions_keep_their_trace()
    {
        try { Rethrows(); return "no"; }
        catch (Exception e) { return e.ToString(); }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Rethrows()
    {
        try
        {
            Inner(1, 0);
        }
        catch (DivideByZeroException)
        {
            throw;
        }
    }

    public static string Using_disposes_in_order()
    {
        var log = new List<string>();
        try { UsesTwo(log); }
        catch (IOException) { log.Add("io"); }
        return string.Join(",", log);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void UsesTwo(List<string> log)
    {
        using var a = new Thing("a", log);
        using (var b = new Thing("b", log))
        {
            log.Add("in");
        }
        throw new IOException();
    }

    sealed class Thing(string name, List<string> log) : IDisposable
    {
        public void Dispose() => log.Add("-" + name);
    }

    public static string Locks_are_released()
    {
        var gate = new object();
        try { Locked(gate); }
        catch (TimeoutException) { }
        return Monitor.IsEntered(gate).ToString();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Locked(object gate)
    {
        lock (gate) { throw new TimeoutException(); }
    }

    public static string Switches_and_gotos_go_where_they_went() =>
        string.Join(",", Enumerable.Range(-1, 8).Select(i => Jumps(i) + Expression(i) + Text("k" + i)));

    static string Jumps(int i)
    {
        switch (i)
        {
            case 0: goto case 2;
            case 1: return "one";
            case 2: return "two";
            case 3: goto done;
            case 4:
            again:
                if (i++ < 6) goto again;
                return "again" + i;
            default: break;
        }
        return "default";
    done:
        return "done";
    }

    static string Expression(int i) => i switch { < 0 => "neg", 0 or 1 => "small", var n when n % 2 == 0 => "even", _ => "odd" };

    static int Text(string text) => text switch { "k0" => 10, "k1" => 11, "k2" => 12, "k3" => 13, "k4" => 14, "k5" => 15, "k6" => 16, _ => -1 };

    public static string Patterns_match() =>
        string.Join(",", new object?[] { null, 1, "x", new[] { 1, 2, 3 }, new Point(1, 2), 'c', DateTime.MinValue }.Select(Pattern));

    static string Pattern(object? o) => o switch
    {
        null => "null",
        int n and > 0 => "int" + n,
        string { Length: 1 } s => "s" + s,
        int[] and [1, .. var rest] => "arr" + rest.Length,
        Point(var x, var y) when x < y => "p" + x + y,
        not char => "other",
        _ => "char",
    };

    record Point(int X, int Y);

    public static string Loops_end_where_they_ended()
    {
        var sum = 0;
        for (var i = 0; i < 10; i++) { if (i == 3) continue; if (i == 8) break; sum += i; }
        do { sum--; } while (sum > 20);
        while (true) { if (++sum > 30) break; }
        foreach (var c in "abc") sum += c;
        return Spin(sum).ToString(CultureInfo.InvariantCulture);
    }

    static int Spin(int n)
    {
        do { n -= 7; } while (n > 0);
        return n;
    }

    public static string Checked_arithmetic_overflows()
    {
        try { return AddChecked(int.MaxValue, 1).ToString(CultureInfo.InvariantCulture); }
        catch (OverflowException e) { return e.ToString(); }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int AddChecked(int a, int b) => checked(a + b);

    public static string Unchecked_arithmetic_wraps() => unchecked(AddUnchecked(int.MaxValue, 1)).ToString(CultureInfo.InvariantCulture);

    static int AddUnchecked(int a, int b) => unchecked(a + b);

    public static string Null_references_are_thrown_where_they_were()
    {
        try { return LengthOf(null!).ToString(CultureInfo.InvariantCulture); }
        catch (NullReferenceException e) { return e.ToString(); }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int LengthOf(Holder holder)
    {
        GC.KeepAlive(holder);
        return holder.Value + 1;
    }

    sealed class Holder { public int Value; }

    public static string Throw_expressions_throw()
    {
        try { return Needed(null); }
        catch (ArgumentNullException e) { return e.Message + e.StackTrace; }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static string Needed(string? text) => text ?? throw new ArgumentNullException(nameof(text));

    public static string Methods_that_never_return_throw()
    {
        try { Never(); return "?"; }
        catch (NotSupportedException e) { return e.ToString(); }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Never() => throw new NotSupportedException();

    public static string Local_constants_stay()
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowHexSpecifier;
        const DayOfWeek day = DayOfWeek.Friday;
        const Hue hue = Hue.Red;
        const decimal price = 1.25m;
        const string? none = null;
        const object? nothing = null;
        const string text = "text";
        const ulong large = ulong.MaxValue;
        const double half = 0.5;
        const char letter = 'x';
        const List<int>? list = null;
        return $"{style}{day}{hue}{price}{none}{nothing}{text}{large}{half}{letter}{list}";
    }

    enum Hue : byte { Red = 200 }

    public static string Recursion_counts_down() => Fib(12).ToString(CultureInfo.InvariantCulture);

    static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);
}
