using System.Globalization;
using System.Text.Json;

namespace Airworthy.Model;

/// <summary>How answers put values into words for people.</summary>
public static class Words
{
    /// <summary>The name of an enumeration's value in words: <c>service version</c>, <c>not attributable</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()).Replace('-', ' ');

    /// <summary>A count with its noun, which gets an s for any number but one.</summary>
    public static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
