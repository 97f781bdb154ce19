using System.Collections;
using System.Text;
using System.Text.Json;
using Airworthy.Probes.Recording;
using Xunit;

namespace Airworthy.Probes.Tests.Recording;

/// <summary>Whatever a method is given, it is written without running the app's code and within bounds.</summary>
public sealed class GraphWriterTests
{
    [Fact]
    public void Getters_and_ToString_that_throw_are_never_called() =>
        Assert.Equal("""{"$type":"Airworthy.Probes.Tests.Recording.GraphWriterTests\u002BHostile","_amount":7}""", Write(new Hostile(7)));

    [Fact]
    public void A_cycle_is_told_where_it_closes()
    {
        var node = new Node();
        node.Next = node;
        Assert.Equal("cycle", Read(node).GetProperty("Next").GetProperty("$unrecorded").GetString());
    }

    [Fact]
    public void A_chain_without_end_stops_at_the_depth()
    {
        var first = new Node();
        var last = first;
        for (var i = 0; i < 100_000; i++)
        {
            last = last.Next = new Node();
        }

        var at = Read(first);
        for (var i = 1; i < RecordingLimits.Default.Depth; i++)
        {
            at = at.GetProperty("Next");
        }

        Assert.Equal("depth", at.GetProperty("Next").GetProperty("$unrecorded").GetString());
    }

    [Fact]
    public void A_gigantic_graph_stays_within_its_bytes()
    {
        var limits = new RecordingLimits { Items = 1000, Bytes = 10_000 };
        var wide = Enumerable.Range(0, 1000).Select(_ => Enumerable.Repeat("0123456789", 1000).ToList()).ToList();
        var text = Write(wide, limits: limits);
        Assert.InRange(text.Length, limits.Bytes, limits.Bytes + (1000 * 2 * """{"$unrecorded":"size"},""".Length));
        using var whole = JsonDocument.Parse(text);
        Assert.Equal(1000, whole.RootElement.GetArrayLength());
    }

    [Fact]
    public void Items_and_text_beyond_the_limit_are_told()
    {
        var items = Read(Enumerable.Range(0, 65).ToArray());
        Assert.Equal(65, items.GetArrayLength());
        Assert.Equal("items", items[64].GetProperty("$unrecorded").GetString());
        var text = Read(new string('a', 5000));
        Assert.Equal(5000, text.GetProperty("$length").GetInt32());
        Assert.Equal(2048, text.GetProperty("$text").GetString()!.Length);
    }

    [Fact]
    public void A_lazy_sequence_is_not_enumerated()
    {
        var sequence = new Lazily();
        Assert.Equal("sequence", Read(sequence).GetProperty("$unrecorded").GetString());
        Assert.Equal("sequence", Read(new System.Collections.ObjectModel.ReadOnlyCollection<int>(new Lazily())).GetProperty("$unrecorded").GetString());
        Assert.Equal(0, sequence.Enumerated);
    }

    [Fact]
    public void A_stream_stays_where_it_was()
    {
        using var stream = new MemoryStream([1, 2, 3]);
        Assert.Equal("stream", Read(stream).GetProperty("$unrecorded").GetString());
        Assert.Equal(0, stream.Position);
    }

    [Fact]
    public void Handles_delegates_tasks_and_pointers_are_told()
    {
        using var handle = new ManualResetEvent(initialState: false);
        Assert.Equal("handle", Read(handle).GetProperty("$unrecorded").GetString());
        Assert.Equal("handle", Read(handle.SafeWaitHandle).GetProperty("$unrecorded").GetString());
        Assert.Equal("delegate", Read((Action)handle.Dispose).GetProperty("$unrecorded").GetString());
        Assert.Equal("task", Read(Task.CompletedTask).GetProperty("$unrecorded").GetString());
        Assert.Equal("pointer", Read((nint)1).GetProperty("$unrecorded").GetString());
    }

    [Fact]
    public void Numbers_that_JSON_does_not_know_are_texts() => Assert.Equal("""["NaN","Infinity",1.5]""", Write(new[] { double.NaN, double.PositiveInfinity, 1.5 }));

    [Fact]
    public void A_secret_by_name_attribute_or_pattern_is_not_written()
    {
        var text = Write(new Login("ann@example.org", "hunter2") { Note = "swordfish", Text = "call +49 30 1234567" });
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1234567", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@", text, StringComparison.Ordinal);
        Assert.Contains("\"xxxxxx0\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_under_a_key_of_a_dictionary_is_not_written() =>
        Assert.Equal("""{"$pairs":[["api_key","xx00"],["size",3]]}""", Write(new Dictionary<string, object> { ["api_key"] = "ab12", ["size"] = 3 }));

    [Fact]
    public void A_secret_that_the_cut_would_halve_is_not_written() =>
        Assert.DoesNotContain("ghp_ab", Write(new string(' ', 2030) + "ghp_abcdefghijklmnopqrstuvwxyz"), StringComparison.Ordinal);

    private static JsonElement Read(object? value)
    {
        using var document = JsonDocument.Parse(Write(value));
        return document.RootElement.Clone();
    }

    private static string Write(object? value, string name = "value", RecordingLimits? limits = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            new GraphWriter(json, new Redactor(), limits ?? RecordingLimits.Default).Write(name, value);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private sealed class Hostile(int amount)
    {
        private readonly int _amount = amount;

        public int Amount => throw new InvalidOperationException("a getter ran " + _amount);

        public override string ToString() => throw new InvalidOperationException("ToString ran");
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed record Login(string Contact, string Password)
    {
        [Redact]
        public string Note { get; init; } = "";

        public string Text { get; init; } = "";
    }

    private sealed class Lazily : IList<int>
    {
        public int Enumerated { get; private set; }

        public int Count => ++Enumerated;

        public bool IsReadOnly => true;

        public int this[int index] { get => ++Enumerated; set => Enumerated++; }

        public IEnumerator<int> GetEnumerator()
        {
            Enumerated++;
            yield return 1;
        }

        public void Add(int item) => Enumerated++;

        public void Clear() => Enumerated++;

        public bool Contains(int item) => ++Enumerated > 0;

        public void CopyTo(int[] array, int arrayIndex) => Enumerated++;

        public int IndexOf(int item) => ++Enumerated;

        public void Insert(int index, int item) => Enumerated++;

        public bool Remove(int item) => ++Enumerated > 0;

        public void RemoveAt(int index) => Enumerated++;

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
