using System.Text;
using Airworthy.Model;

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
        var clean = InertText.Line(text, maxLength);
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

    /// <summary>As many whole lines of a text as a comment takes, and that it was cut; all of it where it fits.</summary>
    public static string Cut(string text, int maxLength) =>
        text.Length <= maxLength ? text : $"{text.AsSpan(0, text.LastIndexOf('\n', maxLength - 1) is var end and > 0 ? end : maxLength)}\n\n… cut: a comment takes no more\n";

    /// <summary>A name, as a code span.</summary>
    public static string Code(string text, int maxLength) => $"`{InertText.Line(text, maxLength).Replace('`', '\'')}`";
}
