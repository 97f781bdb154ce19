using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Airworthy.Provenance.Carrying;

/// <summary>
/// Finds lines again by content and order: the longest block of equal lines first, then what is left around it. Each line is used once,
/// and blocks of one source never cross each other.
/// </summary>
/// <remarks>
/// A lone brace or blank line says nothing of where it came from, and goes only with a block that has a line that does: one with a letter or a
/// digit. Where a text is repeated very often a block does not begin there, but runs through it.
/// </remarks>
internal sealed class BlockMatch
{
    private const int MostRepeats = 50;

    private readonly IReadOnlyList<ImmutableArray<string>> _sources;
    private readonly ImmutableArray<string> _target;
    private readonly bool[][] _used;
    private readonly List<(int Source, int Target)>[] _placed;
    private readonly (int Source, int Line)?[] _origins;

    private BlockMatch(IReadOnlyList<ImmutableArray<string>> sources, ImmutableArray<string> target)
    {
        _sources = sources;
        _target = target;
        _used = [.. sources.Select(source => new bool[source.Length])];
        _placed = [.. sources.Select(_ => new List<(int, int)>())];
        _origins = new (int, int)?[target.Length];
    }

    private readonly record struct Block(int Source, int SourceStart, int TargetStart, int Length, int Telling);

    /// <summary>For each line of <paramref name="target"/> the source and line it came from; null where it came from none.</summary>
    /// <param name="sources">Texts it may have come from; where blocks are equally long, of the latest.</param>
    /// <param name="target">The lines to explain.</param>
    public static (int Source, int Line)?[] Find(IReadOnlyList<ImmutableArray<string>> sources, ImmutableArray<string> target)
    {
        var match = new BlockMatch(sources, target);
        match.Place();
        return match._origins;
    }

    /// <summary>True for a line that is not found everywhere.</summary>
    public static bool IsTelling(string line) => line.AsSpan().ContainsAny(s_telling) || line.Any(char.IsLetterOrDigit);

    private static readonly System.Buffers.SearchValues<char> s_telling =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private void Place()
    {
        var queue = new PriorityQueue<Block, (int, int, int, int)>();
        foreach (var block in Blocks())
        {
            Enqueue(block);
        }

        while (queue.TryDequeue(out var block, out _))
        {
            var free = Free(block);
            if (free.Length == block.Length)
            {
                Take(block);
            }
            else if (free.Length > 0)
            {
                Enqueue(free);
                Enqueue(Part(block, free.TargetStart + free.Length - block.TargetStart, block.Length));
            }
        }

        void Enqueue(Block block)
        {
            if (block.Telling > 0)
            {
                queue.Enqueue(block, (-block.Telling, -block.Length, -block.Source, block.TargetStart));
            }
        }
    }

    /// <summary>Every block of equal lines that can't be made longer.</summary>
    private IEnumerable<Block> Blocks()
    {
        var places = new Dictionary<string, List<(int Source, int Line)>>(StringComparer.Ordinal);
        for (var s = 0; s < _sources.Count; s++)
        {
            for (var line = 0; line < _sources[s].Length; line++)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(places, _sources[s][line], out _) ??= []).Add((s, line));
            }
        }

        var covered = new HashSet<(int Source, int Shift, int Target)>();
        for (var t = 0; t < _target.Length; t++)
        {
            if (!IsTelling(_target[t]) || !places.TryGetValue(_target[t], out var found))
            {
                continue;
            }

            foreach (var (source, line) in found.Take(MostRepeats))
            {
                if (covered.Contains((source, line - t, t)))
                {
                    continue;
                }

                var block = Grow(source, line, t);
                for (var i = 0; i < block.Length; i++)
                {
                    covered.Add((source, line - t, block.TargetStart + i));
                }

                yield return block;
            }
        }
    }

    private Block Grow(int source, int line, int target)
    {
        var text = _sources[source];
        var back = 0;
        while (back < line && back < target && text[line - back - 1] == _target[target - back - 1])
        {
            back++;
        }

        var ahead = 1;
        while (line + ahead < text.Length && target + ahead < _target.Length && text[line + ahead] == _target[target + ahead])
        {
            ahead++;
        }

        return Counted(source, line - back, target - back, back + ahead);
    }

    /// <summary>The first part of <paramref name="block"/> of which no line is used and that crosses nothing placed before.</summary>
    private Block Free(Block block)
    {
        var first = 0;
        while (first < block.Length && !IsFree(block, first))
        {
            first++;
        }

        var end = first;
        while (end < block.Length && IsFree(block, end))
        {
            end++;
        }

        return Part(block, first, end);
    }

    private bool IsFree(Block block, int offset) =>
        _origins[block.TargetStart + offset] is null
        && !_used[block.Source][block.SourceStart + offset]
        && !Crosses(block.Source, block.SourceStart + offset, block.TargetStart + offset);

    // Sorted by both sides, as nothing in it crosses: it is enough to look at the neighbours.
    private bool Crosses(int source, int line, int target)
    {
        var placed = _placed[source];
        var next = ~placed.BinarySearch((line, -1));
        return (next > 0 && placed[next - 1].Target > target) || (next < placed.Count && placed[next].Target < target);
    }

    private void Take(Block block)
    {
        var placed = _placed[block.Source];
        var at = ~placed.BinarySearch((block.SourceStart, -1));
        placed.InsertRange(at, Enumerable.Range(0, block.Length).Select(i => (block.SourceStart + i, block.TargetStart + i)));
        for (var i = 0; i < block.Length; i++)
        {
            _used[block.Source][block.SourceStart + i] = true;
            _origins[block.TargetStart + i] = (block.Source, block.SourceStart + i);
        }
    }

    private Block Part(Block block, int from, int until) =>
        Counted(block.Source, block.SourceStart + from, block.TargetStart + from, until - from);

    private Block Counted(int source, int sourceStart, int targetStart, int length)
    {
        var telling = 0;
        for (var i = 0; i < length; i++)
        {
            telling += IsTelling(_target[targetStart + i]) ? 1 : 0;
        }

        return new Block(source, sourceStart, targetStart, length, telling);
    }
}
