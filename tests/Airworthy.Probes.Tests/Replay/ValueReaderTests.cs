extern alias replay;

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Airworthy.Probes.Recording;
using CsCheck;
using replay::Airworthy.Replay;
using Xunit;

namespace Airworthy.Probes.Tests.Replay;

/// <summary>What was recorded is made again as it was, or said to be impossible.</summary>
public sealed class ValueReaderTests
{
    private static readonly DateTimeOffset s_at = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Basket> s_baskets =
        from name in Gen.String
        from count in Gen.Int
        from price in Gen.Decimal
        from weight in Gen.Double
        from at in Gen.DateTime
        from kind in Gen.Enum<Kind>()
        from tags in Gen.String.Array
        from parts in Gen.Select(Gen.Int, Gen.Bool).List
        from hasInner in Gen.Bool
        select new Basket(name, count, price, kind)
        {
            Weight = weight,
            At = DateTime.SpecifyKind(at, DateTimeKind.Utc),
            Tags = tags,
            Parts = [.. parts.Select(part => (part.Item1, part.Item2))],
            ByName = parts.DistinctBy(part => part.Item1).ToDictionary(part => part.Item1.ToString(CultureInfo.InvariantCulture), part => part.Item1, StringComparer.Ordinal),
            Inner = hasInner ? new Basket(name, count, price, kind) : null,
        };

    private enum Kind
    {
        Plain,
        Gift,
    }

    [Fact]
    public void A_value_read_back_is_written_the_same_again() => s_baskets.Sample(
        basket =>
        {
            var json = Write(basket);
            // What is beyond the bounds is told, and is no failure of reading.
            if (json.Contains("$unrecorded", StringComparison.Ordinal) || json.Contains("$text", StringComparison.Ordinal) || json.Contains("$count", StringComparison.Ordinal))
            {
                Assert.Throws<NotReplayableException>(() => Read(json, typeof(Basket)));
                return;
            }

            Assert.Equal(json, Write(Read(json, typeof(Basket))));
        },
        iter: 300);

    [Theory]
    [InlineData("""{"$unrecorded":"stream"}""", typeof(string), "value was not recorded: stream")]
    [InlineData("""{"$type":"Gone.Type","A":1}""", typeof(object), "value was a Gone.Type, which is not there any more")]
    [InlineData("""{"$type":"System.String"}""", typeof(Version), "value was a System.String, which is not there any more")]
    [InlineData("\"twelve\"", typeof(int), "value was not recorded as what it is now, System.Int32")]
    [InlineData("300", typeof(byte), "value was not recorded as what it is now, System.Byte")]
    [InlineData("null", typeof(int), "value was not recorded as what it is now, System.Int32")]
    [InlineData("[1,2]", typeof(int), "value was not recorded as what it is now, System.Int32")]
    [InlineData("[1,{\"$unrecorded\":\"items\"}]", typeof(int[]), "value was not recorded: items beyond its first 64")]
    [InlineData("""{"$text":"abc","$length":5000}""", typeof(string), "value was not recorded: text beyond its first 2,048 characters")]
    public void What_can_not_be_made_again_is_told(string json, Type type, string told) =>
        Assert.Equal(told, Assert.Throws<NotReplayableException>(() => Read(json, type)).Message);

    [Fact]
    public void Time_stands_still_tokens_are_none_and_locks_are_free()
    {
        var time = Assert.IsAssignableFrom<TimeProvider>(Read("""{"$unrecorded":"type of the framework"}""", typeof(TimeProvider)));
        Assert.Equal(s_at, time.GetUtcNow());
        Assert.Equal(CancellationToken.None, Read("""{"$unrecorded":"type of the framework"}""", typeof(CancellationToken)));
        Assert.IsType<Lock>(Read("""{"$unrecorded":"type of the framework"}""", typeof(Lock)));
    }

    [Fact]
    public void Collections_are_made_as_the_type_that_is_asked_for()
    {
        Assert.Equal([1, 2], Assert.IsType<ImmutableArray<int>>(Read("[1,2]", typeof(ImmutableArray<int>))).AsEnumerable());
        Assert.Equal([1, 2], Assert.IsType<HashSet<int>>(Read("[1,2]", typeof(HashSet<int>))));
        Assert.Equal([1, 2], Assert.IsAssignableFrom<IReadOnlyList<int>>(Read("[1,2]", typeof(IReadOnlyList<int>))));
        Assert.Equal([2, 1], Assert.IsType<Stack<int>>(Read("[2,1]", typeof(Stack<int>))));
        Assert.Equal(2, Assert.IsType<SortedDictionary<string, int>>(Read("""{"$pairs":[["a",2]]}""", typeof(SortedDictionary<string, int>)))["a"]);
    }

    private static object? Read(string json, Type type)
    {
        using var document = JsonDocument.Parse(json);
        return new ValueReader(s_at).Read(document.RootElement, type, "value");
    }

    private static string Write(object? value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            new GraphWriter(json, new Redactor(), RecordingLimits.Default).Write("value", value);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private sealed record Basket(string Name, int Count, decimal Price, Kind Kind)
    {
        public double Weight { get; init; }

        public DateTime At { get; init; }

        public string[] Tags { get; init; } = [];

        public List<(int Number, bool IsWhole)> Parts { get; init; } = [];

        public Dictionary<string, int> ByName { get; init; } = [];

        public Basket? Inner { get; init; }
    }
}
