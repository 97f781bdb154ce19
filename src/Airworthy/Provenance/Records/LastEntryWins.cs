using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>Makes overlapping ranges of one file into lines apart from each other, the last range winning.</summary>
internal static class LastEntryWins
{
    /// <summary>The attested lines in order; lines whose winning range names nobody that counts are left out.</summary>
    public static ImmutableArray<AttestedLines> Resolve(IReadOnlyList<RecordedLines> entries)
    {
        var byStart = Enumerable.Range(0, entries.Count).OrderBy(i => entries[i].Span.Start).ToArray();
        var borders = new SortedSet<int>(entries.SelectMany(entry => new[] { entry.Span.Start, entry.Span.End + 1 })).ToArray();
        var open = new PriorityQueue<int, int>();
        var lines = ImmutableArray.CreateBuilder<AttestedLines>();
        var next = 0;
        for (var b = 0; b + 1 < borders.Length; b++)
        {
            for (; next < byStart.Length && entries[byStart[next]].Span.Start == borders[b]; next++)
            {
                open.Enqueue(byStart[next], -byStart[next]);
            }

            while (open.TryPeek(out var last, out _) && entries[last].Span.End < borders[b])
            {
                open.Dequeue();
            }

            if (open.TryPeek(out var winner, out _) && entries[winner].Author is { } author)
            {
                Append(lines, new AttestedLines(new LineSpan(borders[b], borders[b + 1] - 1), author));
            }
        }

        return lines.DrainToImmutable();
    }

    private static void Append(ImmutableArray<AttestedLines>.Builder lines, AttestedLines more)
    {
        if (lines.Count > 0 && lines[^1] is var last && last.Span.End + 1 == more.Span.Start && last.Author == more.Author)
        {
            lines[^1] = last with { Span = new LineSpan(last.Span.Start, more.Span.End) };
        }
        else
        {
            lines.Add(more);
        }
    }
}
