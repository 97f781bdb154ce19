namespace Airworthy.Probes.Build.Patching;

/// <summary>One column of a metadata table (ECMA-335 II.22): a number, a place in a heap, or a row of another table.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="TagBits">How many of the lowest bits choose among <paramref name="Tables"/>.</param>
/// <param name="Tables">The tables it may name, by tag; empty when it names none.</param>
internal sealed record Column(ColumnKind Kind, int TagBits, byte[] Tables)
{
    /// <summary>The size of a value in bytes, 2 or 4.</summary>
    /// <param name="heaps">How large places in the heaps are.</param>
    /// <param name="rows">The number of rows of each table.</param>
    public int Width(HeapWidths heaps, ReadOnlySpan<int> rows)
    {
        switch (Kind)
        {
            case ColumnKind.Number2:
                return 2;
            case ColumnKind.Number4:
                return 4;
            case ColumnKind.Strings:
                return heaps.Strings;
            case ColumnKind.Guids:
                return heaps.Guids;
            case ColumnKind.Blobs:
                return heaps.Blobs;
            default:
                var most = 0;
                foreach (var table in Tables)
                {
                    most = table == TableSchema.None ? most : Math.Max(most, rows[table]);
                }

                return most < 1 << (16 - TagBits) ? 2 : 4;
        }
    }
}
