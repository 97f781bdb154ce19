using System.Collections;
using System.Runtime.CompilerServices;

namespace Airworthy.Telemetry;

/// <summary>What of a count each instance did, each once. The first is held in place, for mostly it is the only one.</summary>
[CollectionBuilder(typeof(InstanceCounts), nameof(Of))]
public readonly record struct InstanceCounts : IReadOnlyList<InstanceCount>
{
    private readonly InstanceCount _first;
    private readonly InstanceCount[]? _others;

    private InstanceCounts(ReadOnlySpan<InstanceCount> counts)
    {
        Count = counts.Length;
        _first = counts.IsEmpty ? default : counts[0];
        _others = counts.Length > 1 ? [.. counts[1..]] : null;
    }

    public int Count { get; }

    public InstanceCount this[int index] => index == 0 && Count > 0 ? _first : _others![index - 1];

    public static InstanceCounts Of(ReadOnlySpan<InstanceCount> counts) => new(counts);

    public bool Equals(InstanceCounts other) => _first == other._first && _others.AsSpan().SequenceEqual(other._others);

    public override int GetHashCode() => HashCode.Combine(Count, _first);

    public IEnumerator<InstanceCount> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
