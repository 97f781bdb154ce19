using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Airworthy.Model;
using Airworthy.Statistics;

namespace Airworthy.Probation;

/// <summary>
/// Reads strata from a file of comma-separated values with a header: <c>interval,change_calls,change_bad,baseline_calls,baseline_bad</c>, in any order,
/// other columns passed over. An interval may have several rows: one a service or group of instances. Read as it comes, however long it is.
/// </summary>
public static class StrataFile
{
    private const int LongestLine = 64 * 1024;
    private const long MostCalls = 1_000_000_000_000_000;
    private static readonly string[] s_columns = ["interval", "change_calls", "change_bad", "baseline_calls", "baseline_bad"];

    /// <summary>The rows, in their order.</summary>
    /// <param name="stream">The file, in UTF-8.</param>
    /// <param name="name">How it is named to people.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async IAsyncEnumerable<(string Interval, Stratum Stratum)> ReadAsync(
        Stream stream, string name, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var reader = new StreamReader(
            stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        var lines = new BoundedLines(reader, name);
        var header = await lines.NextAsync(cancel) ?? throw Bad(name, 1, $"the file is empty; its first line must be {string.Join(',', s_columns)}");
        var columns = Columns(header, name);
        while (await lines.NextAsync(cancel) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Row(line, columns, name, lines.Number);
            }
        }
    }

    private static int[] Columns(string header, string name)
    {
        var names = Cells(header, name, 1).Select(cell => cell.Trim('\uFEFF').ToLowerInvariant()).ToList();
        return
        [
            .. s_columns.Select(column => names.IndexOf(column) is >= 0 and var at
                ? names.LastIndexOf(column) == at ? at : throw Bad(name, 1, $"the column {column} is there twice")
                : throw Bad(name, 1, $"there is no column {column}; the first line must be {string.Join(',', s_columns)}")),
        ];
    }

    private static (string Interval, Stratum Stratum) Row(string line, int[] columns, string name, long number)
    {
        var cells = Cells(line, name, number);
        if (cells.Count <= columns.Max())
        {
            throw Bad(name, number, $"there are {cells.Count} values where the header has more columns");
        }

        var stratum = new Stratum(Tally(1, "change"), Tally(3, "baseline"));
        return (cells[columns[0]], stratum);

        Tally Tally(int column, string side)
        {
            var tally = new Tally(Count(column), Count(column + 1));
            return tally.IsPossible
                ? tally
                : throw Bad(name, number, $"{side}_bad is {tally.Bad} and {side}_calls is {tally.Calls}: no more can be bad than there are");
        }

        long Count(int column)
        {
            var cell = cells[columns[column]];
            return long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostCalls
                ? count
                : throw Bad(name, number, $"{s_columns[column]} is '{Shown(cell)}': give a whole number from 0 to {MostCalls:R}");
        }
    }

    private static List<string> Cells(string line, string name, long number)
    {
        var cells = new List<string>();
        foreach (var cell in line.Split(','))
        {
            var text = cell.Trim();
            text = text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
            cells.Add(text.Contains('"', StringComparison.Ordinal) ? throw Bad(name, number, "a quoted value holds a comma or a quote; none is needed here") : text);
        }

        return cells;
    }

    private static string Shown(string cell) => cell.Length <= 40 ? cell : cell[..40] + "…";

    private static ProbationException Bad(string name, long line, string problem) => new(Fault.BadInput, $"{name}:{line}: {problem}");

    /// <summary>Lines of a bounded length, counted.</summary>
    private sealed class BoundedLines(StreamReader reader, string name)
    {
        private readonly char[] _buffer = new char[16 * 1024];
        private int _at;
        private int _end;

        public long Number { get; private set; }

        public async ValueTask<string?> NextAsync(CancellationToken cancel)
        {
            Number++;
            var line = new StringBuilder();
            while (true)
            {
                if (_at == _end && !await FillAsync(cancel))
                {
                    return line.Length == 0 ? null : line.ToString();
                }

                var rest = _buffer.AsSpan(_at, _end - _at);
                var length = rest.IndexOf('\n');
                line.Append(rest[..(length < 0 ? rest.Length : length)]);
                _at += length < 0 ? rest.Length : length + 1;
                if (line.Length > LongestLine)
                {
                    throw Bad(name, Number, $"the line is longer than {LongestLine} characters; is this a file of strata?");
                }

                if (length >= 0)
                {
                    return line.ToString();
                }
            }
        }

        private async ValueTask<bool> FillAsync(CancellationToken cancel)
        {
            try
            {
                (_at, _end) = (0, await reader.ReadAsync(_buffer, cancel));
                return _end > 0;
            }
            catch (DecoderFallbackException notText)
            {
                throw new ProbationException(Fault.BadInput, $"{name}:{Number}: the file is not text in UTF-8", notText);
            }
        }
    }
}
