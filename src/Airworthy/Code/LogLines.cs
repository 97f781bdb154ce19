using System.Text;
using System.Text.RegularExpressions;

namespace Airworthy.Code;

/// <summary>
/// A trace as log shippers leave it: each line behind the name of its container (<c>web_1  | </c>), behind Kubernetes' or syslog's time, or the whole in
/// one line with <c>\n</c> for its ends, as in JSON. Sought only where no dialect reads the text as it is.
/// </summary>
internal static partial class LogLines
{
    private const int LongestPrefix = 120;

    /// <summary>The text without what was put before each of its lines; null when nothing was.</summary>
    public static string? Bare(ReadOnlySpan<char> text)
    {
        var bare = new StringBuilder(text.Length);
        var changed = false;
        foreach (var line in text.EnumerateLines())
        {
            var end = Prefix(line[..Math.Min(line.Length, LongestPrefix)]);
            changed |= end > 0;
            var rest = line[end..];
            if (rest.IndexOf("\\n", StringComparison.Ordinal) >= 0)
            {
                changed = true;
                Unescape(rest, bare);
            }
            else
            {
                bare.Append(rest);
            }

            bare.Append('\n');
        }

        return changed ? bare.ToString() : null;
    }

    private static int Prefix(ReadOnlySpan<char> line)
    {
        foreach (var match in Before().EnumerateMatches(line))
        {
            return match.Index == 0 ? match.Length : 0;
        }

        return 0;
    }

    /// <summary>JSON's escapes of line ends, tabs and quotes; a field that begins inside the line begins a line.</summary>
    private static void Unescape(ReadOnlySpan<char> line, StringBuilder bare)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\' || i + 1 == line.Length)
            {
                bare.Append(line[i] == '"' ? '\n' : line[i]);
                continue;
            }

            bare.Append(line[++i] switch { 'n' => '\n', 't' => '\t', 'r' => ' ', var other => other });
        }
    }

    [GeneratedRegex(
        @"^(?:[\w.-]+\s+\|\s?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*\s+(?:std(?:out|err)\s+[FP]\s|\S+\[[^\]]*\]:\s?)?|[A-Z][a-z]{2}\s+\d+\s\d\d:\d\d:\d\d\s\S+\s[^\s:]+:\s|\[[^\]]{1,40}\]\s)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Before();
}
