using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>One range of a record, in the order it was written down; may overlap others.</summary>
/// <param name="Span">The lines.</param>
/// <param name="Author">Who wrote them; null for nobody that counts, which still takes the lines from whoever was named before.</param>
internal readonly record struct RecordedLines(LineSpan Span, AttestedAuthor? Author)
{
    /// <summary>The longest range that is believed; a longer one is cut, as no commit adds so many lines to a file by hand or agent.</summary>
    public const int LongestRange = 200_000;

    /// <summary>Ranges taken of one record.</summary>
    public const int MostRanges = 1_000_000;

    /// <summary>The lines of a range from outside, cut to <see cref="LongestRange"/>; null when it is none.</summary>
    public static LineSpan? Range(ulong start, ulong end)
    {
        if (start == 0 || end < start)
        {
            return null;
        }

        var first = (int)Math.Min(start, int.MaxValue - LongestRange);
        return new LineSpan(first, first + (int)Math.Min(end - start, LongestRange - 1));
    }
}
