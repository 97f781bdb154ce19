namespace Airworthy.Probes.Build.Patching;

/// <summary>Where the rows of a table are once others are put between them.</summary>
/// <param name="inserted">The rows before which one is put, in order; one behind the last for the end. As they were numbered before.</param>
/// <param name="promised">The rows of what was named before its row was known, by the order in which it was.</param>
internal sealed class RowMap(IReadOnlyList<int> inserted, IReadOnlyList<int>? promised = null)
{
    /// <summary>The row that the first promised one is named by until then: more than any table has.</summary>
    public const int Promised = 0x80_0000;

    private readonly int[] _inserted = [.. inserted];

    /// <summary>The rows before which one is put.</summary>
    public IReadOnlyList<int> Rows => _inserted;

    /// <summary>True when no row moves and none was promised.</summary>
    public bool IsIdentity => _inserted.Length == 0 && promised is not { Count: > 0 };

    /// <summary>The number that a row has now.</summary>
    public int this[int row]
    {
        get
        {
            if (row >= Promised)
            {
                return promised![row - Promised];
            }

            if (row == 0 || _inserted.Length == 0 || row < _inserted[0])
            {
                return row;
            }

            // How many were put before it or in its place.
            var (low, high) = (0, _inserted.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _inserted[middle] <= row ? (middle + 1, high) : (low, middle);
            }

            return row + low;
        }
    }

    /// <summary>The number that the <paramref name="index"/>-th of those put in has.</summary>
    public int Inserted(int index) => _inserted[index] + index;
}
