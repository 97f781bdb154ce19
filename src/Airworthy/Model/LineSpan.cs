using System.Collections.Immutable;

namespace Airworthy.Model;

/// <summary>Lines <paramref name="Start"/> to <paramref name="End"/> of a file at one revision, both included, counted from 1.</summary>
public readonly record struct LineSpan(int Start, int End)
{
    /// <summary>How many lines; at least 1 for a well-formed span.</summary>
    public int Count => End - Start + 1;

    public bool Contains(int line) => line >= Start && line <= End;

    public bool Overlaps(LineSpan other) => Start <= other.End && other.Start <= End;

    /// <summary>The blocks of lines that follow each other among <paramref name="lines"/>, which are in order.</summary>
    public static ImmutableArray<LineSpan> Blocks(IEnumerable<int> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var blocks = ImmutableArray.CreateBuilder<LineSpan>();
        foreach (var line in lines)
        {
            if (blocks.Count > 0 && blocks[^1].End + 1 == line)
            {
                blocks[^1] = blocks[^1] with { End = line };
            }
            else
            {
                blocks.Add(new LineSpan(line, line));
            }
        }

        return blocks.ToImmutable();
    }
}
