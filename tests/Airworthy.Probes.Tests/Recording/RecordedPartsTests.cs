extern alias replay;

using System.Text.Json;
using System.Text.RegularExpressions;
using Airworthy.Probes.Tests.Weaving;
using replay::Airworthy.Replay;
using Xunit;

namespace Airworthy.Probes.Tests.Recording;

/// <summary>Lambdas, local functions and constructors are recorded like methods, and found again in a build that names them otherwise.</summary>
[Collection("the process's one meter")]
public sealed partial class RecordedPartsTests
{
    private const string Cart = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading.Tasks;
        public sealed class Cart
        {
            private readonly int _rate;
            public Cart(int rate) { _rate = rate > 0 ? rate : throw new ArgumentException(); }
            public int OfThis(int n) { Func<int, int> add = x => x + _rate; return add(n); }
            public int OfBoth(int n, int by) { Func<int, int> add = x => x + _rate + by; return add(n); }
            public static int Plain(int n) { Func<int, int> twice = x => x * 2; return twice(n); }
            public static int Shared(int n, int by)
            {
                var stream = Stream.Null;
                var seen = 0;
                Func<int, int> add = x => { seen++; return x + by + seen; };
                Func<int> other = () => (int)stream.Length;
                return add(n) + other() + seen;
            }
            public static int Local(int n, int by) { var seen = 0; return Add(n) + seen; int Add(int x) { seen++; return x + by + seen; } }
            public static int Static(int n) { return Twice(n); static int Twice(int x) => x * 2; }
            public static int Nested(int n, int by)
            {
                var sum = 0;
                foreach (var i in new[] { n })
                {
                    var part = i * 10;
                    Func<int, int> add = x => x + part + by;
                    sum += add(n) + Inner(n);
                    int Inner(int x) => x + part + by;
                }
                return sum;
            }
            public static async Task<int> Later(int n, int by) { return await AddAsync(n); async Task<int> AddAsync(int x) { await Task.Yield(); return x + by; } }
            public static int LaterLambda(int n, int by) { Func<int, Task<int>> add = async x => { await Task.Yield(); return x + by; }; return add(n).Result; }
            public static int Sequence(int n, int by) { return Up(n).Sum(); IEnumerable<int> Up(int count) { for (var i = 0; i < count; i++) { yield return i + by; } } }
            public static string Named<T>(T one, int by) { Func<T, string> name = x => x + ":" + by; return name(one) + Twice(one); static string Twice(T two) => two + "" + two; }
            public static int OneLine(int n) => new[] { n }.Select(x => x + 1).Where(y => y > 0).Sum(x => x * 3);
            public static int Over(int n) { Func<int, int> add = x => x + 100; return add(n); }
            public static int Over(long n) { Func<int, int> add = x => x + 200; return add((int)n); }
            public static int Tail(int n)
            {
                return Step(n);
                static int Step(int x) => x + 1000;
            }
            public static int Tail(long n)
            {
                return Step((int)n);

                static int Step(int x) => x + 2000;
            }
            public static int Fails(int n) { return Check(n); static int Check(int x) => x < 0 ? throw new ArgumentException() : x; }
            public static int Anonymous(int n) => new[] { n }.Select(x => new { Twice = x * 2, Half = x / 2 }).Select(both => both.Twice + both.Half).Sum();
        }
        """;

    /// <summary>The same with other members, lambdas and scopes before, so that the compiler's numbers are others.</summary>
    private static readonly string s_renumbered = Cart.Replace(
        "private readonly int _rate;",
        "public static object First(int a, int b) { var c = new { Other = a }; Func<int> one = () => a + c.Other; { var d = b; Func<int> two = () => d + a; return one() + two(); } } private readonly int _rate;",
        StringComparison.Ordinal);

    /// <summary>Once: copies of one build share what is known of it, and record nothing twice.</summary>
    private static readonly Lazy<IReadOnlyList<JsonElement>> s_recorded = new(() => RecordedSample.Of(Cart, "Cart.*", sample =>
    {
        var cart = Activator.CreateInstance(sample.Assembly.GetType("Cart")!, 5)!;
        foreach (var method in cart.GetType().GetMethods().Where(method => method.DeclaringType == cart.GetType()))
        {
            var called = method.IsGenericMethod ? method.MakeGenericMethod(typeof(int)) : method;
            object[] arguments = [.. method.GetParameters().Select((parameter, at) => at > 0 ? 7 : parameter.ParameterType == typeof(long) ? 4L : (object)(method.Name == "Fails" ? -1 : 4))];
            try
            {
                var given = called.Invoke(called.IsStatic ? null : cart, System.Reflection.BindingFlags.DoNotWrapExceptions, null, arguments, null);
                (given as Task)?.Wait(TestContext.Current.CancellationToken);
            }
            catch (ArgumentException)
            {
                // Recorded like any other end.
            }
        }

        Assert.Throws<System.Reflection.TargetInvocationException>(() => Activator.CreateInstance(cart.GetType(), -5));
    }));

    [Fact]
    public void Lambdas_and_local_functions_are_recorded_with_what_they_capture() => Assert.Equal(
        [
            "Cart.Anonymous: lambda 1 of 2(4) = {\"$type\":\"anonymous\",\"Twice\":8,\"Half\":2}",
            "Cart.Anonymous: lambda 2 of 2({\"$type\":\"anonymous\",\"Twice\":8,\"Half\":2}) = 10",
            "Cart.Fails: Check 1 of 1(-1) = System.ArgumentException",
            "Cart.Later: AddAsync 1 of 1(4) on {\"$type\":\"captured\",\"by\":7} = 11",
            "Cart.LaterLambda: lambda 1 of 1(4) on {\"$type\":\"captured\",\"by\":7} = 11",
            "Cart.Local: Add 1 of 1(4,{\"$type\":\"captured\",\"seen\":0,\"by\":7}) = 12",
            "Cart.Named``1: Twice 1 of 1(4) for [\"System.Int32\"] = \"44\"",
            "Cart.Named``1: lambda 1 of 1(4) for [\"System.Int32\"] on {\"$type\":\"captured\",\"by\":7} = \"4:7\"",
            "Cart.Nested: Inner 1 of 1(4) on {\"$type\":\"captured\",\"part\":40,\"$outer\":{\"$type\":\"captured\",\"by\":7}} = 51",
            "Cart.Nested: lambda 1 of 1(4) on {\"$type\":\"captured\",\"part\":40,\"$outer\":{\"$type\":\"captured\",\"by\":7}} = 51",
            "Cart.OfBoth: lambda 1 of 1(4) on {\"$type\":\"captured\",\"$this\":{\"$type\":\"Cart\",\"_rate\":5},\"by\":7} = 16",
            "Cart.OfThis: lambda 1 of 1(4) on {\"$type\":\"Cart\",\"_rate\":5} = 9",
            "Cart.OneLine: lambda 1 of 3(4) = 5",
            "Cart.OneLine: lambda 2 of 3(5) = true",
            "Cart.OneLine: lambda 3 of 3(5) = 15",
            "Cart.Over: lambda 1 of 1(4) = 104",
            "Cart.Over: lambda 1 of 1(4) = 204",
            "Cart.Plain: lambda 1 of 1(4) = 8",
            "Cart.Sequence: Up 1 of 1(4) on {\"$type\":\"captured\",\"by\":7} = [7,8,9,10]",
            "Cart.Shared: lambda 1 of 2(4) on {\"$type\":\"captured\",\"seen\":0,\"by\":7,\"stream\":{\"$unrecorded\":\"stream\"}} = 12",
            "Cart.Shared: lambda 2 of 2() on {\"$type\":\"captured\",\"seen\":1,\"by\":7,\"stream\":{\"$unrecorded\":\"stream\"}} = 0",
            "Cart.Static: Twice 1 of 1(4) = 8",
            "Cart.Tail: Step 1 of 1(4) = 1004",
            "Cart.Tail: Step 1 of 1(4) = 2004",
        ],
        s_recorded.Value.Where(one => one.TryGetProperty("part", out _)).Select(Told).Order(StringComparer.Ordinal));

    [Fact]
    public void Constructors_are_recorded_with_the_object_that_they_make() => Assert.Equal(
        ["Cart.#ctor(-5) = System.ArgumentException", "Cart.#ctor(5) = {\"$type\":\"Cart\",\"_rate\":5}"],
        s_recorded.Value.Where(one => one.GetProperty("unit").GetString()!.Contains("#ctor", StringComparison.Ordinal)).Select(Told).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_comes_to_the_same_again_whatever_the_compiler_names_it(bool isRenumbered)
    {
        using var sample = new LoadedSample(Compiled.From(isRenumbered ? s_renumbered : Cart).Image);
        var told = new List<string>();
        foreach (var recording in s_recorded.Value)
        {
            told.Add(Replayed(recording, sample) is var again && again == End(recording) ? "same" : $"{Told(recording)} was {again}");
        }

        // A stream is nothing that can be made again; the other lambda of its closure does not ask for it.
        Assert.Equal(
            ["Cart.Shared: lambda 2 of 2() on {\"$type\":\"captured\",\"seen\":1,\"by\":7,\"stream\":{\"$unrecorded\":\"stream\"}} = 0 was captured.stream was not recorded: stream"],
            told.Where(one => one != "same"));
        Assert.Equal(44, told.Count);
    }

    [Theory]
    [InlineData("x => x * 2; return twice(n)", "x => x * 3; return twice(n)", "Plain", "12")]
    [InlineData("x => x * 2; return twice(n)", "x => x * 2 + n; return twice(n)", "Plain", "it captures n now, which it did not when it was recorded")]
    [InlineData("x => x * 2; return twice(n)", "y => y * 2; return twice(n)", "Plain", "the lambda takes other parameters now")]
    [InlineData("Func<int, int> twice = x => x * 2; return twice(n)", "return n * 2", "Plain", "there is no lambda in it")]
    [InlineData("Func<int, int> twice = x => x * 2; return twice(n)", "Func<int, int> twice = x => x * 2; Func<int> zero = () => 0; return twice(n) + zero()", "Plain", "8")]
    [InlineData("Func<int, int> twice = x => x * 2; return twice(n)", "Func<int, int> twice = x => x * 2; Func<int, int> zero = x => x - x; return twice(n) + zero(n)", "Plain", "its member had 1 of lambda when it was recorded and has 2 now: which one it is can't be told")]
    [InlineData("Plain(int n)", "Plainer(int n)", "Plain", "there is no such method")]
    [InlineData("x => x + 100", "x => x + 101", "Over(System.Int32)", "105")]
    [InlineData("x => x + 200", "x => x + 201", "Over(System.Int32)", "104")]
    [InlineData("x + 2000", "x + 2001", "Tail(System.Int64)", "2005")]
    [InlineData("rate > 0 ? rate", "rate > 0 ? rate + 1", "#ctor(System.Int32)", "{\"$type\":\"Cart\",\"_rate\":6}")]
    [InlineData("public sealed class Cart", "public abstract class Cart", "#ctor(System.Int32)", "its class is abstract now")]
    public void What_changed_shows_and_what_is_not_there_any_more_is_told(string was, string now, string unit, string told)
    {
        Assert.Contains(was, Cart, StringComparison.Ordinal);
        using var sample = new LoadedSample(Compiled.From(s_renumbered.Replace(was, now, StringComparison.Ordinal)).Image);
        var recording = s_recorded.Value.First(one => one.GetProperty("unit").GetString()!.Contains("Cart." + unit, StringComparison.Ordinal)
            && one.TryGetProperty("result", out _) && (one.TryGetProperty("part", out _) || unit.StartsWith('#')));

        Assert.Equal(told, Replayed(recording, sample));
    }

    [Fact]
    public void A_constructor_that_another_class_builds_on_is_no_call_of_its_own()
    {
        const string source = """
            public class Base { public int N; public Base(int n) { N = int.Abs(n); } }
            public sealed class Derived : Base { public string Name = "d"; public Derived(int n) : base(n) { Name += n.ToString(); } }
            public struct Point { public int X; public Point(int x) { X = int.Abs(x); } }
            public class Pair<T> { public T One; public Pair(T one) { One = one; System.GC.KeepAlive(this); } public Pair() : this(default) { } }
            public static class Given { public static void Run() { new Derived(4); new Point(-3); new Pair<string>(); } }
            """;
        var recordings = RecordedSample.Of(source, "*", sample => sample.Call("Given", "Run"));

        Assert.Equal(
            [
                "Derived.#ctor(4) = {\"$type\":\"Derived\",\"Name\":\"d4\",\"N\":4}",
                "Given.Run() = null",
                "Pair`1.#ctor() for [\"System.String\"] = {\"$type\":\"Pair`1[[System.String]]\",\"One\":null}",
                "Pair`1.#ctor(null) for [\"System.String\"] = {\"$type\":\"Pair`1[[System.String]]\",\"One\":null}",
                "Point.#ctor(-3) = {\"$type\":\"Point\",\"X\":3}",
            ],
            recordings.Select(Told).Order(StringComparer.Ordinal));
        using var again = new LoadedSample(Compiled.From(source).Image);
        Assert.All(recordings, recording => Assert.Equal(End(recording), Replayed(recording, again)));
    }

    [Fact]
    public void What_comes_back_by_reference_is_not_compared()
    {
        const string source = "public static class Cut { public static System.ReadOnlySpan<char> Tail(string text) { return System.MemoryExtensions.AsSpan(text, 1); } public static int Run() { return Tail(\"abc\").Length; } }";
        var recording = Assert.Single(RecordedSample.Of(source, "Cut.Tail", sample => sample.Call("Cut", "Run")));
        using var again = new LoadedSample(Compiled.From(source).Image);

        Assert.Equal("it returns what lives on the stack alone", Replayed(recording, again));
    }

    private static string Replayed(JsonElement recording, LoadedSample sample)
    {
        try
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer))
            {
                new Airworthy.Probes.Recording.GraphWriter(json, new Airworthy.Probes.Recording.Redactor(), Airworthy.Probes.Recording.RecordingLimits.Default)
                    .Write("result", MethodReplay.Of(recording, sample.Assembly).Call());
            }

            return Text(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
        }
        catch (NotReplayableException reason)
        {
            return reason.Message;
        }
        catch (ArgumentException thrown)
        {
            return thrown.GetType().FullName!;
        }
    }

    private static string End(JsonElement recording) =>
        recording.TryGetProperty("exception", out var thrown) ? thrown.GetProperty("type").GetString()! : Text(recording.GetProperty("result").GetRawText());

    private static string Told(JsonElement recording)
    {
        var unit = recording.GetProperty("unit").GetString()!.Split('(')[0][2..];
        var part = recording.TryGetProperty("part", out var of) ? $": {of.GetProperty("name").GetString()} {of.GetProperty("ordinal").GetInt32()} of {of.GetProperty("of").GetInt32()}" : "";
        var arguments = string.Join(',', recording.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetProperty("value").GetRawText()));
        var types = recording.TryGetProperty("types", out var generic) ? $" for {generic.GetRawText()}" : "";
        var on = recording.TryGetProperty("receiver", out var receiver) ? $" on {receiver.GetRawText()}" : "";
        return Text($"{unit}{part}({arguments}){types}{on} = {End(recording)}");
    }

    private static string Text(string json) => Version().Replace(json.Replace("\\u0060", "`", StringComparison.Ordinal), "[[${type}]]");

    /// <summary>The runtime's own assembly, which a generic type names.</summary>
    [GeneratedRegex(@"\[\[(?<type>[\w.]+), System[^\]]*\]\]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();
}
