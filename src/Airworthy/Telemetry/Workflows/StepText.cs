using System.Globalization;
using System.Text;

namespace Airworthy.Telemetry.Workflows;

/// <summary>Makes names alike that differ only in what one run had: ids and numbers.</summary>
internal static class StepText
{
    private const int MostWord = 40;
    private const int MostCulture = 35;

    /// <summary>A name with every part that holds a digit replaced by <c>{}</c>; parts are parted by anything but letters, digits and <c>_ - .</c></summary>
    public static string WithoutIds(string name)
    {
        var text = new StringBuilder(name.Length);
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && (char.IsLetterOrDigit(name[i]) || name[i] is '_' or '-' or '.'))
            {
                continue;
            }

            var part = name.AsSpan(start, i - start);
            _ = part.ContainsAnyInRange('0', '9') ? text.Append("{}") : text.Append(part);
            _ = i < name.Length ? text.Append(name[i]) : text;
            start = i + 1;
        }

        return text.ToString();
    }

    /// <summary>True for a word such as an enumeration's value has: letters, and <c>_ - .</c> between them.</summary>
    public static bool IsWord(string text) =>
        text.Length is > 0 and <= MostWord && text.All(c => char.IsAsciiLetter(c) || c is '_' or '-' or '.');

    /// <summary>The first language of a culture or an <c>Accept-Language</c>, as <c>de-DE</c>; null when it is none.</summary>
    public static string? Culture(string text)
    {
        var first = text.Split(',', ';')[0].Trim();
        if (first.Length is 0 or > MostCulture || !char.IsAsciiLetter(first[0]) || !first.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return null;
        }

        var parts = first.Split('-', '_');
        return string.Join('-', parts.Select((part, i) => i == 0 ? part.ToLowerInvariant()
            : part.Length == 2 ? part.ToUpperInvariant()
            : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(part.ToLowerInvariant())));
    }
}
