using System.Text;

namespace Airworthy.Cli.Servers;

/// <summary>Makes text from production or from a repository safe to print: what a terminal would obey becomes visible instead.</summary>
internal static class Printable
{
    /// <summary>One line of text: control, format and bidirectional characters become <c>\u….</c>, line ends a space.</summary>
    public static string Of(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value is '\n' or '\r' or '\t' ? printable.Append(' ')
                : IsObeyed(rune) ? printable.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}")
                : printable.Append(rune.ToString());
        }

        return printable.ToString();
    }

    /// <summary>Text of several lines; each line is made safe.</summary>
    public static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(Of);

    private static bool IsObeyed(Rune rune) => Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.Control
        or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.LineSeparator
        or System.Globalization.UnicodeCategory.ParagraphSeparator
        or System.Globalization.UnicodeCategory.PrivateUse;
}
