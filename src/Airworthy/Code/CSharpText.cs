using System.Globalization;
using System.Text;

namespace Airworthy.Code;

/// <summary>
/// Puts text from production into C# that is written for people: as a literal where it is code, as printable ASCII on one line where it is a comment, so that
/// nothing in it is obeyed or looks like something else.
/// </summary>
public static class CSharpText
{
    /// <summary>A string literal.</summary>
    public static string Literal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var literal = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
        {
            _ = c is '"' or '\\' ? literal.Append('\\').Append(c)
                : char.IsBetween(c, ' ', '~') ? literal.Append(c)
                : literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return literal.Append('"').ToString();
    }

    /// <summary>What may stand behind <c>//</c>.</summary>
    public static string Comment(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.Select(c => char.IsBetween(c, ' ', '~') ? c : '?'));
    }

    /// <summary>Letters and digits of a text, so that it can be a name; <c>value</c> where nothing is left.</summary>
    public static string Word(string text)
    {
        var word = string.Concat(text.Where(char.IsAsciiLetterOrDigit));
        return word.Length == 0 || char.IsAsciiDigit(word[0]) ? $"value{word}" : word;
    }
}
