using System.Globalization;
using System.Text.Json;
using Airworthy.Probes.Tests.Weaving;
using Xunit;

namespace Airworthy.Probes.Tests.Recording;

/// <summary>What woven code records, from the call to the file.</summary>
[Collection("the process's one meter")]
public sealed class RecordedCallTests
{
    private const string Refunds = """
        using System;
        using System.Globalization;
        using System.Threading.Tasks;
        public sealed record Order(string Sku, int Count, string Rate);
        public static class Refunds
        {
            public static decimal Pieces(Order order, int count)
            {
                if (count > order.Count)
                {
                    throw new ArgumentOutOfRangeException(nameof(count));
                }

                return order.Rate == null ? count : count * decimal.Parse(order.Rate, NumberStyles.AllowDecimalPoint);
            }

            public static async Task<string> LaterAsync(int[] items)
            {
                items[0] = 99;
                await Task.Yield();
                if (items.Length > 1)
                {
                    throw new InvalidOperationException();
                }

                return "done " + items.Length;
            }
        }
        """;

    [Fact]
    public void A_call_is_recorded_once_for_each_way_it_goes()
    {
        var recordings = RecordedSample.Of(Refunds, "Refunds.Pieces", sample =>
        {
            for (var i = 0; i < 50; i++)
            {
                Pieces(sample, "mug", 5, rate: null, count: 2);
            }

            Pieces(sample, "mug", 5, "0.15", count: 2);
            Pieces(sample, "mug", 5, rate: null, count: 7);
        });

        Assert.Equal(3, recordings.Count);
        var threw = Assert.Single(recordings, recording => recording.TryGetProperty("exception", out _));
        Assert.Equal("System.ArgumentOutOfRangeException", threw.GetProperty("exception").GetProperty("type").GetString());
        Assert.Contains(11, threw.GetProperty("lines").EnumerateArray().Select(line => line.GetInt32()));
        Assert.All(recordings, recording =>
        {
            Assert.Equal("M:Refunds.Pieces(Order,System.Int32)", recording.GetProperty("unit").GetString());
            Assert.Equal("Sample", recording.GetProperty("assembly").GetString());
            Assert.Equal("5eed", recording.GetProperty("revision").GetString());
            Assert.Equal("sample", recording.GetProperty("service").GetString());
            Assert.Equal(["order", "count"], recording.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetProperty("name").GetString()));
        });
    }

    [Fact]
    public void Another_culture_is_another_call()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var recordings = RecordedSample.Of(Refunds, "Refunds.*", sample =>
            {
                foreach (var name in (string[])["en-US", "de-DE", "en-US"])
                {
                    CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                    Pieces(sample, "mug", 5, "0.15", count: 2);
                }
            });

            Assert.Equal(["de-DE", "en-US"], recordings.Select(recording => recording.GetProperty("culture").GetString()).Order(StringComparer.Ordinal));
            Assert.Equal("System.FormatException", Of(recordings, "de-DE").GetProperty("exception").GetProperty("type").GetString());
            Assert.Equal(0.30m, Of(recordings, "en-US").GetProperty("result").GetDecimal());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        static JsonElement Of(IReadOnlyList<JsonElement> recordings, string culture) => recordings.Single(recording => recording.GetProperty("culture").GetString() == culture);
    }

    [Fact]
    public async Task An_async_call_is_recorded_with_what_its_task_gives_and_with_its_arguments_as_they_came()
    {
        var recordings = RecordedSample.Of(Refunds, "*LaterAsync*", sample =>
        {
            ((Task)sample.Call("Refunds", "LaterAsync", (object)new[] { 1 })!).Wait(TestContext.Current.CancellationToken);
            Assert.Throws<AggregateException>(() => ((Task)sample.Call("Refunds", "LaterAsync", (object)new[] { 1, 2 })!).Wait(TestContext.Current.CancellationToken));
        });

        Assert.Equal(2, recordings.Count);
        var returned = recordings.Single(recording => recording.TryGetProperty("result", out _));
        Assert.Equal("done 1", returned.GetProperty("result").GetString());
        Assert.Equal(1, returned.GetProperty("arguments")[0].GetProperty("value")[0].GetInt32());
        Assert.Equal("System.InvalidOperationException", recordings.Single(recording => recording.TryGetProperty("exception", out _)).GetProperty("exception").GetProperty("type").GetString());
        await Task.CompletedTask;
    }

    [Fact]
    public void What_can_not_be_boxed_is_told_and_the_call_goes_on()
    {
        const string source = """
            using System;
            public ref struct Cursor { public int At; }
            public struct Point<T> { public T X; public T Moved(ref int by, in long far, out string where, Cursor cursor, ReadOnlySpan<char> text) { where = "there"; by++; return X; } }
            public static class Given
            {
                public static string Run()
                {
                    var by = 1;
                    var x = new Point<int> { X = 7 }.Moved(ref by, 5, out var where, new Cursor { At = 1 }, "abc");
                    return x + where + by + Ref(ref by) + Slice("abc").Length;
                }

                public static ref int Ref(ref int by) => ref by;

                public static ReadOnlySpan<char> Slice(string text) => text.AsSpan(1);
            }
            """;
        var recordings = RecordedSample.Of(source, "*", sample => Assert.Equal("7there222", sample.Call("Given", "Run")));

        var moved = Of("Moved");
        Assert.Equal(7, moved.GetProperty("receiver").GetProperty("X").GetInt32());
        Assert.Equal(1, Value(moved, "by").GetInt32());
        Assert.Equal(5, Value(moved, "far").GetInt64());
        Assert.All(["where", "cursor", "text"], name => Assert.Equal("by reference", Value(moved, name).GetProperty("$unrecorded").GetString()));
        Assert.Equal("by reference", Of(".Ref(").GetProperty("result").GetProperty("$unrecorded").GetString());
        Assert.Equal("by reference", Of("Slice").GetProperty("result").GetProperty("$unrecorded").GetString());

        JsonElement Of(string name) => recordings.Single(recording => recording.GetProperty("unit").GetString()!.Contains(name, StringComparison.Ordinal));
        static JsonElement Value(JsonElement recording, string name) =>
            recording.GetProperty("arguments").EnumerateArray().Single(argument => argument.GetProperty("name").GetString() == name).GetProperty("value");
    }

    [Fact]
    public void A_method_of_which_enough_is_known_is_no_longer_watched()
    {
        const string source = """
            public static class Endless { public static int Run(string text) => text.Length; }
            """;
        var recordings = RecordedSample.Of(source, "Endless.*", sample =>
        {
            for (var length = 0; length < 40; length++)
            {
                for (var kind = 0; kind < 16; kind++)
                {
                    sample.Call("Endless", "Run", string.Concat(Enumerable.Repeat("a1 -ä".Where((_, at) => ((kind >> at) & 1) == 0), length).SelectMany(text => text)));
                }
            }
        });

        Assert.Equal(32, recordings.Count);
    }

    [Fact]
    public void Of_a_method_in_a_hot_loop_a_thousand_calls_a_second_are_looked_at()
    {
        const string source = """
            public static class Hot { public static int Run(string text) { return text.Length; } }
            """;
        var time = new Seconds();
        var recordings = RecordedSample.Of(
            source, "Hot.*", sample =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    sample.Call("Hot", "Run", "a");
                }

                sample.Call("Hot", "Run", "1");
                time.Now++;
                sample.Call("Hot", "Run", " ");
            }, time);

        Assert.Equal([" ", "a"], recordings.Select(recording => recording.GetProperty("arguments")[0].GetProperty("value").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_recorded_that_nobody_asked_for() =>
        Assert.Empty(RecordedSample.Of(Refunds, "Other.*", sample => Pieces(sample, "mug", 5, rate: null, count: 2)));

    private sealed class Seconds : TimeProvider
    {
        public long Now { get; set; } = 1;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Now;
    }

    private static void Pieces(LoadedSample sample, string sku, int pieces, string? rate, int count)
    {
        var order = Activator.CreateInstance(sample.Assembly.GetType("Order")!, sku, pieces, rate);
        try
        {
            sample.Call("Refunds", "Pieces", order, count);
        }
        catch (Exception thrown) when (thrown is FormatException or ArgumentException)
        {
            // Recorded like any other end.
        }
    }
}
