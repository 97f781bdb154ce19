using System.Collections;
using System.Text.Json;
using Airworthy.Probes.Tests.Weaving;
using Xunit;

namespace Airworthy.Probes.Tests.Recording;

/// <summary>What is recorded of generic methods and of methods with <c>yield</c>, whose call is over before their code runs.</summary>
[Collection("the process's one meter")]
public sealed class RecordedShapesTests
{
    private const string Shapes = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        public static class Picks
        {
            public static T First<T>(List<T> items) => items[0];
            public static async Task<T> FirstAsync<T>(T[] items) { await Task.Yield(); return items[0]; }
        }
        public class Box<T>(T held)
        {
            private readonly T _held = held;
            public static string Named(T of) => of + "!";
            public T Or(T other) => _held is null ? other : _held;
        }
        public sealed class Range(int from)
        {
            private readonly int _from = from;
            public IEnumerable<int> Up(int count, string unused) { for (var i = 0; i < count; i++) { yield return _from + i; } }
            public static IEnumerable<int> Endless(int from) { while (true) { yield return from++; } }
            public static IEnumerable<T> Twice<T>(T one) { yield return one; yield return one; }
            public static IEnumerable<int> Broken(int at) { yield return 1; if (at > 0) { throw new TimeoutException(); } }
            public static async IAsyncEnumerable<string> Later(int count) { for (var i = 0; i < count; i++) { await Task.Yield(); yield return "item " + i; } }
        }
        """;

    [Fact]
    public void Generic_methods_are_recorded_with_the_types_they_are_called_for()
    {
        var recordings = RecordedSample.Of(Shapes, "Picks.*;Box.Named;Box.Or", sample =>
        {
            var first = sample.Assembly.GetType("Picks")!.GetMethod("First")!;
            first.MakeGenericMethod(typeof(int)).Invoke(null, [new List<int> { 7 }]);
            first.MakeGenericMethod(typeof(string)).Invoke(null, [new List<string> { "a" }]);
            var later = sample.Assembly.GetType("Picks")!.GetMethod("FirstAsync")!.MakeGenericMethod(typeof(Dictionary<string, int[]>));
            ((Task)later.Invoke(null, [new[] { new Dictionary<string, int[]>(StringComparer.Ordinal) }])!).Wait(TestContext.Current.CancellationToken);
            var box = sample.Assembly.GetType("Box`1")!.MakeGenericType(typeof(string));
            box.GetMethod("Named")!.Invoke(null, ["n"]);
            box.GetMethod("Or")!.Invoke(Activator.CreateInstance(box, "held"), ["other"]);
        });

        Assert.Equal(
            [
                "M:Box`1.Named(`0) [\"System.String\"] \"n!\"",
                "M:Box`1.Or(`0) [\"System.String\"] \"held\"",
                "M:Picks.FirstAsync``1(``0[]) [[\"System.Collections.Generic.Dictionary`2\",\"System.String\",[\"[]\",\"System.Int32\"]]] {\"$pairs\":[]}",
                "M:Picks.First``1(System.Collections.Generic.List{``0}) [\"System.Int32\"] 7",
                "M:Picks.First``1(System.Collections.Generic.List{``0}) [\"System.String\"] \"a\"",
            ],
            Told(recordings));
    }

    [Fact]
    public void Sequences_are_recorded_with_their_items_once_they_end()
    {
        var recordings = RecordedSample.Of(Shapes, "Range.Up;Range.Twice", sample =>
        {
            var range = Activator.CreateInstance(sample.Assembly.GetType("Range")!, 5)!;
            var up = range.GetType().GetMethod("Up")!;
            Items(up.Invoke(range, [3, "x"])!, most: 10);
            // Left before its end: nobody knows what would have come.
            Items(up.Invoke(range, [1000, "x"])!, most: 2);
            Items(range.GetType().GetMethod("Twice")!.MakeGenericMethod(typeof(string)).Invoke(null, ["t"])!, most: 10);
        });

        Assert.Equal(
            ["M:Range.Twice``1(``0) [\"System.String\"] [\"t\",\"t\"]", "M:Range.Up(System.Int32,System.String)  [5,6,7]"], Told(recordings));
        var up = recordings.Single(one => one.GetProperty("unit").GetString()!.Contains("Up", StringComparison.Ordinal));
        Assert.Equal("""[{"name":"count","value":3},{"name":"unused","value":{"$unrecorded":"not used"}}]""", up.GetProperty("arguments").GetRawText());
        Assert.Equal("""{"$type":"Range","_from":5}""", up.GetProperty("receiver").GetRawText());
    }

    [Fact]
    public void A_sequence_without_end_is_recorded_as_far_as_is_kept()
    {
        var recording = Assert.Single(RecordedSample.Of(Shapes, "Range.*", sample => Items(sample.Call("Range", "Endless", 1)!, most: 100)));

        var items = recording.GetProperty("result").EnumerateArray().ToList();
        Assert.Equal(65, items.Count);
        Assert.Equal(64, items[63].GetInt32());
        Assert.Equal("items", items[64].GetProperty("$unrecorded").GetString());
    }

    [Fact]
    public void An_exception_ends_a_sequence()
    {
        var recordings = RecordedSample.Of(Shapes, "Range.*", sample =>
        {
            Assert.Throws<TimeoutException>(() => Items(sample.Call("Range", "Broken", 1)!, most: 10));
            Items(sample.Call("Range", "Broken", 0)!, most: 10);
        });

        Assert.Equal(2, recordings.Count);
        Assert.Contains(recordings, one => one.TryGetProperty("exception", out var thrown) && thrown.GetProperty("type").GetString() == "System.TimeoutException");
        Assert.Contains(recordings, one => one.TryGetProperty("result", out var result) && result.GetRawText() == "[1]");
    }

    [Fact]
    public void Sequences_that_are_awaited_are_recorded_alike()
    {
        var recordings = RecordedSample.Of(Shapes, "Range.*", sample =>
        {
            var taken = Task.Run(async () =>
            {
                await foreach (var item in (IAsyncEnumerable<string>)sample.Call("Range", "Later", 2)!)
                {
                    _ = item;
                }
            });
            taken.Wait(TestContext.Current.CancellationToken);
        });

        Assert.Equal(["M:Range.Later(System.Int32)  [\"item 0\",\"item 1\"]"], Told(recordings));
    }

    [Fact]
    public void What_is_not_recorded_is_told_with_the_reason()
    {
        const string source = """
            public abstract class Made
            {
                static readonly string s_all;
                private readonly int _n;
                static Made() { s_all = string.Concat("a", "b"); }
                public Made(string n) { _n = int.Parse(n); }
                public int Twice() { return new System.Func<int>(() => int.Parse(_n.ToString()))(); }
                [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
                public static int Small(int n) { return int.Parse(n.ToString()); }
            }
            public ref struct Cursor { public int At; public Cursor(int at) { At = int.Abs(at); } }
            """;
        var report = Compiled.From(source).Weave(isRecordable: true).Report;

        Assert.Equal(
            [
                "M:Cursor.#ctor(System.Int32) not recorded: a ref struct lives on the stack alone",
                "M:Made.#cctor not recorded: a static constructor takes nothing and runs once",
                "M:Made.#ctor(System.String) not recorded: a constructor of an abstract class makes no object by itself; those of the classes that derive from it are recorded",
                "M:Made.Small(System.Int32) calls only: it is marked AggressiveInlining, and a filter would keep it from being inlined; not recorded: it must stay as it is",
                "M:Made.Twice ",
                "M:Made.Twice lambda ",
            ],
            report.Select(method => $"{method.Id} {(method.Part.Length > 0 ? method.Part + " " : "")}{method.Reason}").Order(StringComparer.Ordinal));
    }

    private static void Items(object sequence, int most)
    {
        var each = ((IEnumerable)sequence).GetEnumerator();
        using (each as IDisposable)
        {
            for (var i = 0; i < most && each.MoveNext(); i++)
            {
                _ = each.Current;
            }
        }
    }

    private static List<string> Told(IEnumerable<JsonElement> recordings) =>
    [
        .. recordings.Select(one => $"{one.GetProperty("unit").GetString()} {(one.TryGetProperty("types", out var types) ? types.GetRawText().Replace("\\u0060", "`", StringComparison.Ordinal) : "")} {one.GetProperty("result").GetRawText()}")
            .Order(StringComparer.Ordinal),
    ];
}
