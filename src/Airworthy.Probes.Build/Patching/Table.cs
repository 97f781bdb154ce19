namespace Airworthy.Probes.Build.Patching;

/// <summary>The rows of one metadata table, numbered from 1.</summary>
internal sealed class Table(Column[] columns)
{
    private uint[] _cells = [];

    public Column[] Columns => columns;

    public int Rows { get; private set; }

    public ref uint this[int row, int column] => ref _cells[((row - 1) * columns.Length) + column];

    /// <summary>Makes room for rows that are read.</summary>
    public void Reserve(int rows) => (_cells, Rows) = (new uint[rows * columns.Length], rows);

    /// <summary>Adds a row behind the others; gives its number.</summary>
    public int Add(params ReadOnlySpan<uint> values)
    {
        Insert(Rows + 1, values);
        return Rows;
    }

    /// <summary>Puts a row where <paramref name="row"/> is; that and those behind it move on.</summary>
    public void Insert(int row, params ReadOnlySpan<uint> values)
    {
        var (at, used) = ((row - 1) * columns.Length, Rows * columns.Length);
        if (used + columns.Length > _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(_cells.Length * 2, used + columns.Length));
        }

        Array.Copy(_cells, at, _cells, at + columns.Length, used - at);
        values.CopyTo(_cells.AsSpan(at));
        Rows++;
    }

    /// <summary>Orders the rows by a column, as the runtime's binary search asks; rows of the same value stay in order.</summary>
    /// <returns>The row that each has now, by the one it had, both from 1; null when all were in order.</returns>
    public int[]? SortBy(int column)
    {
        if (Enumerable.Range(1, Math.Max(0, Rows - 1)).All(row => this[row, column] <= this[row + 1, column]))
        {
            return null;
        }

        var rows = Enumerable.Range(1, Rows).OrderBy(row => this[row, column]).ToArray();
        var sorted = new uint[Rows * columns.Length];
        var now = new int[Rows + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            _cells.AsSpan((rows[i] - 1) * columns.Length, columns.Length).CopyTo(sorted.AsSpan(i * columns.Length));
            now[rows[i]] = i + 1;
        }

        _cells = sorted;
        return now;
    }
}
