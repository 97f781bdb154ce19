using System.Globalization;
using System.Text;

namespace Airworthy.Model;

/// <summary>
/// Makes one bounded line out of text that came from outside: what a terminal, a reader or a model would act on without a person seeing it
/// (control and bidirectional characters, zero-width and tag characters, variation selectors, fillers) is gone.
/// </summary>
public static class InertText
{
    /// <summary>One line of at most <paramref name="maxLength"/> UTF-16 units; what is cut off ends in an ellipsis.</summary>
    public static string Line(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > maxLength)
            {
                return clean.Append('…').ToString();
            }

            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator)
            {
                clean.Append(' ');
            }
            else if (Shows(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary>False for what changes or hides text without showing: format, separator, private and unassigned characters and letters that are blank.</summary>
    public static bool Shows(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && !IsBlank(rune.Value);

    /// <summary>Letters and marks by category that show nothing: variation selectors, the grapheme joiner, Hangul fillers, the empty Braille cell.</summary>
    private static bool IsBlank(int value) => value is
        (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180F)
        or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or 0x2800;
}
