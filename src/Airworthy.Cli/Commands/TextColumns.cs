namespace Airworthy.Cli.Commands;

/// <summary>
/// Lines up rows of cells: the first column to the left, the others to the right, two blanks before each. Lines are never wrapped or cut, and
/// end where their text does.
/// </summary>
internal sealed class TextColumns
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; one that is empty parts groups of rows.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    public IEnumerable<string> Lines()
    {
        var widths = new int[_rows.Max(row => row.Length)];
        foreach (var row in _rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        foreach (var row in _rows)
        {
            yield return string.Concat(row.Select((cell, i) => i == 0 ? $"  {cell.PadRight(widths[0])}" : $"  {cell.PadLeft(widths[i])}")).TrimEnd();
        }
    }
}
