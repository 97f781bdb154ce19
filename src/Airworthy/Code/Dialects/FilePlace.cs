using System.Globalization;

namespace Airworthy.Code.Dialects;

/// <summary>Splits <c>file:line</c> and <c>file:line:column</c>.</summary>
internal static class FilePlace
{
    /// <param name="columns">True when a column must follow the line; false when it may.</param>
    public static (string File, int? Line) Split(ReadOnlySpan<char> place, bool columns)
    {
        var last = place.LastIndexOf(':');
        if (last <= 0 || !Number(place[(last + 1)..], out var number))
        {
            return (place.ToString(), null);
        }

        var before = place[..last].LastIndexOf(':');
        if (before > 0 && Number(place[(before + 1)..last], out var line))
        {
            return (place[..before].ToString(), line);
        }

        return columns ? (place.ToString(), null) : (place[..last].ToString(), number);
    }

    private static bool Number(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
