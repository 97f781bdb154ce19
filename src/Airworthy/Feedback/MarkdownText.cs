using System.Globalization;
using System.Text;

namespace Airworthy.Feedback;

/// <summary>
/// Makes one inert line of Markdown out of text that came over a wire: no line breaks, control or invisible characters, nothing that
/// Markdown or HTML acts on, at most so many letters.
/// </summary>
internal static class MarkdownText
{
    private const string Acting = "\\`*_{}[]<>#|!~&";

    /// <summary>Prose; spans between backticks stay code.</summary>
    public static string Line(string text, int maxLength)
    {
        var clean = Clean(text, maxLength);
        var line = new StringBuilder(clean.Length + 16);
        for (var i = 0; i < clean.Length; i++)
        {
            if (clean[i] == '`' && clean.IndexOf('`', i + 1) is var end and > 0 && end > i + 1)
            {
                line.Append(clean, i, end - i + 1);
                i = end;
                continue;
            }

            if (Acting.Contains(clean[i], StringComparison.Ordinal))
            {
                line.Append('\\');
            }

            line.Append(clean[i]);
        }

        return line.ToString();
    }

    /// <summary>A name, as a code span.</summary>
    public static string Code(string text, int maxLength) => $"`{Clean(text, maxLength).Replace('`', '\'')}`";

    private static string Clean(string text, int maxLength)
    {
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > maxLength)
            {
                return clean.Append('…').ToString();
            }

            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                clean.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }
}
