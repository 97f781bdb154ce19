using System.Globalization;
using System.Text.Json;

namespace Airworthy.Model;

/// <summary>How answers put values into words for people.</summary>
public static class Words
{
    /// <summary>The name of an enumeration's value in words: <c>service version</c>, <c>not attributable</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()).Replace('-', ' ');

    /// <summary>Numbers of lines, in order: <c>line 7</c>, <c>lines 7, 9–12 and 3 more</c>; of neighbours only the first and last.</summary>
    public static string Lines(IReadOnlyList<int> lines)
    {
        const int mostSpans = 4;
        ArgumentNullException.ThrowIfNull(lines);
        var spans = new List<(int First, int Last)>();
        foreach (var line in lines)
        {
            if (spans.Count > 0 && line <= spans[^1].Last + 1)
            {
                spans[^1] = (spans[^1].First, line);
            }
            else
            {
                spans.Add((line, line));
            }
        }

        var told = string.Join(", ", spans.Take(mostSpans).Select(span => span.First == span.Last
            ? span.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{span.First}–{span.Last}")));
        return $"{(lines.Count == 1 ? "line" : "lines")} {told}{(spans.Count > mostSpans ? $" and {spans.Count - mostSpans} more" : "")}";
    }

    /// <summary>Where a service runs: <c>shop in production</c>; the service alone where no environment is told.</summary>
    public static string Place(string service, string environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.Length == 0 ? service : $"{service} in {environment}";
    }

    /// <summary>A count with its noun, which gets an s for any number but one.</summary>
    public static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
