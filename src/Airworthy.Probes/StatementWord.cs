using System.Globalization;

namespace Airworthy.Probes;

/// <summary>
/// Up to 32 watched statements of a method: which of them ever ran is told as one whole number, a bit each, which every exporter carries exactly.
/// Their number of series does not grow as they run.
/// </summary>
/// <param name="First">The place of the first among the method's watched statements.</param>
/// <param name="Count">How many they are; 1 to <see cref="Size"/>.</param>
/// <param name="Tags">The method's attributes, and the line of each statement.</param>
internal sealed record StatementWord(int First, int Count, KeyValuePair<string, object?>[] Tags)
{
    public const int Size = 32;

    public static IEnumerable<StatementWord> Of(ProbeTable.Method method, KeyValuePair<string, object?>[] tags)
    {
        var lines = new int[method.Entries + method.Statements.Length];
        Array.Fill(lines, method.Line, 0, method.Entries);
        method.Statements.CopyTo(lines, method.Entries);
        for (var first = 0; first < lines.Length; first += Size)
        {
            var count = Math.Min(Size, lines.Length - first);
            var text = string.Join(' ', lines.Skip(first).Take(count).Select(line => line.ToString(CultureInfo.InvariantCulture)));
            yield return new StatementWord(
                first, count, [.. tags, new("airworthy.statement.first", first), new("airworthy.statement.lines", text)]);
        }
    }
}
