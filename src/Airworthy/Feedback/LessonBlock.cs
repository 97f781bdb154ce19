using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Feedback;

/// <summary>
/// The managed block of an instruction file: the text between two marker lines, which is ours, in a file that is not. The first marker
/// carries a digest of the block, so an edit by hand is seen and never overwritten. See docs/design/lessons.md.
/// </summary>
public static class LessonBlock
{
    private const int DigestDigits = 16;

    private static ReadOnlySpan<byte> BeginMark => "<!-- airworthy:begin"u8;

    private static ReadOnlySpan<byte> EndMark => "<!-- airworthy:end"u8;

    /// <summary>The file with its block replaced, or appended where there is none. Every byte outside the block stays.</summary>
    /// <param name="content">The file; empty for a new one.</param>
    /// <param name="selection">The lessons to write.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="head">The front matter of a file that is wholly ours, replaced with the block; null where the file is others'.</param>
    /// <returns>The file's new content; empty where a file of ours has nothing to say any more.</returns>
    /// <exception cref="FeedbackException">The markers are broken, what is ours was edited by hand, or a file that should be ours is another's.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> content, LessonSelection selection, string file, string? head = null)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var newline = content.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        var block = Encoding.UTF8.GetBytes((head + Text(selection, head ?? "")).ReplaceLineEndings(newline));
        if (Find(content, file, isOwn: head is not null) is var (start, end))
        {
            var isEmpty = head is not null && selection.Lessons.IsEmpty && content[end..].Trim("\r\n \t"u8).IsEmpty;
            return isEmpty ? [] : [.. content[..(head is null ? start : 0)], .. block, .. content[end..]];
        }

        if (selection.Lessons.IsEmpty)
        {
            return content.ToArray();
        }

        if (head is not null && !content.IsEmpty)
        {
            throw new FeedbackException(Fault.BadInput, $"{file} is there and Airworthy did not write it; rename it and apply again");
        }

        return [.. content, .. Encoding.UTF8.GetBytes(Separator(content, newline)), .. block, .. Encoding.UTF8.GetBytes(newline)];
    }

    /// <summary>Where the block stands: from its first marker to the end of its last, without the line end behind it.</summary>
    private static (int Start, int End)? Find(ReadOnlySpan<byte> content, string file, bool isOwn)
    {
        var markers = Markers(content);
        if (markers.Count == 0)
        {
            return null;
        }

        if (markers is not [{ Begins: true } first, { Begins: false } last])
        {
            throw Broken(file, markers[0].Line, $"the markers of the managed block don't pair ({markers.Count} found)");
        }

        return IsAsWritten(content[first.Start..last.End], isOwn ? content[..first.Start] : [])
            ? (first.Start, last.End)
            : throw Broken(file, first.Line, "the managed block was edited by hand");
    }

    /// <summary>The lines that start with a marker, with their place in the file.</summary>
    private static List<(bool Begins, int Start, int End, int Line)> Markers(ReadOnlySpan<byte> content)
    {
        var markers = new List<(bool Begins, int Start, int End, int Line)>();
        for (int at = content.StartsWith("\uFEFF"u8) ? 3 : 0, number = 1; at < content.Length; number++)
        {
            var length = content[at..].IndexOf((byte)'\n');
            var next = length < 0 ? content.Length : at + length + 1;
            var line = content[at..next].TrimEnd("\r\n"u8);
            if (line.StartsWith(BeginMark) || line.StartsWith(EndMark))
            {
                markers.Add((line.StartsWith(BeginMark), at, at + line.Length, number));
            }

            at = next;
        }

        return markers;
    }

    private static bool IsAsWritten(ReadOnlySpan<byte> block, ReadOnlySpan<byte> before)
    {
        var head = Encoding.UTF8.GetString(before).ReplaceLineEndings("\n");
        var text = Encoding.UTF8.GetString(block).ReplaceLineEndings("\n");
        var firstEnd = text.IndexOf('\n', StringComparison.Ordinal);
        var lastStart = text.LastIndexOf('\n');
        return firstEnd >= 0 && string.Equals(text, Framed(text[(firstEnd + 1)..Math.Max(lastStart, firstEnd + 1)], head), StringComparison.Ordinal);
    }

    private static FeedbackException Broken(string file, int line, string problem) => new(
        Fault.BadInput,
        $"{file}:{line}: {problem}, so the file is left as it is; delete the block with its '<!-- airworthy:begin' and '<!-- airworthy:end' lines and apply again");

    private static string Text(LessonSelection selection, string head)
    {
        var body = new StringBuilder("## Lessons from production\n\n");
        foreach (var lesson in selection.Lessons)
        {
            body.Append("- ").Append(Rule(lesson)).Append('\n');
        }

        if (selection.Lessons.IsEmpty)
        {
            body.Append("No lesson is in force.\n");
        }

        if (selection.LeftOut > 0)
        {
            body.Append(CultureInfo.InvariantCulture, $"\n{selection.LeftOut} more: `airworthy lessons list`.\n");
        }

        return Framed(body.ToString().TrimEnd('\n'), head);
    }

    private static string Rule(Lesson lesson)
    {
        var scope = lesson.Scope.IsDefaultOrEmpty
            ? "everywhere"
            : "in " + string.Join(", ", lesson.Scope.Take(5).Select(glob => MarkdownText.Code(glob, 200)));
        var guard = lesson.Guard is null ? "" : $" Guard: {MarkdownText.Line(lesson.Guard, 600)}.";
        return $"{MarkdownText.Line(lesson.Rule, 600)}{guard} ({scope}; incident {MarkdownText.Code(lesson.Incident.Value, 80)}, "
            + $"until {lesson.Expires.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})";
    }

    private static string Framed(string body, string head)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(head + body)))[..DigestDigits];
        return $"<!-- airworthy:begin {digest} (written by `airworthy lessons apply`; text outside of this block is yours) -->\n{body}\n<!-- airworthy:end -->";
    }

    /// <summary>What stands between the file's own text and the block: one empty line.</summary>
    private static string Separator(ReadOnlySpan<byte> content, string newline) => content switch
    {
        { IsEmpty: true } => "",
        _ when content.SequenceEqual("\uFEFF"u8) => "",
        _ when content.EndsWith("\n\n"u8) || content.EndsWith("\r\n\r\n"u8) => "",
        _ when content.EndsWith("\n"u8) => newline,
        _ => newline + newline,
    };
}
