using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// Reads the text of a git-ai note: attestations, a line <c>---</c>, a JSON object. Follows git-ai's own parser where its
/// specification is silent: blanks at a line's end do not count, and the last entry that covers a line wins.
/// </summary>
internal static class AuthorshipNoteReader
{
    /// <summary>The longest range that is believed; a longer one is cut, as no commit adds so many lines to a file by hand or agent.</summary>
    public const int LongestRange = 200_000;

    private const int MostRanges = 1_000_000;

    /// <summary>Reads <paramref name="text"/>; false, with what is wrong, when it is no note of this format.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out AuthorshipNote note, out string problem)
    {
        note = null!;
        if (!TryDivide(text, out var attestations, out var json))
        {
            problem = "it has no line '---'";
            return false;
        }

        if (!NoteMetadata.TryRead(json, out var metadata, out problem))
        {
            return false;
        }

        if (!TryReadEntries(attestations, out var files, out problem))
        {
            return false;
        }

        note = new AuthorshipNote(files.Select(file => (file.Key, Lines: NoteLines.Resolve(file.Value, metadata)))
            .Where(file => !file.Lines.IsEmpty)
            .ToDictionary(file => file.Key, file => file.Lines));
        return true;
    }

    private static bool TryDivide(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> attestations, out ReadOnlySpan<byte> json)
    {
        for (var start = 0; start <= text.Length;)
        {
            var length = text[start..].IndexOf((byte)'\n');
            var end = length < 0 ? text.Length : start + length;
            if (text[start..end].TrimEnd("\r"u8).SequenceEqual("---"u8))
            {
                attestations = text[..start];
                json = length < 0 ? default : text[(end + 1)..];
                return true;
            }

            start = end + 1;
        }

        attestations = json = default;
        return false;
    }

    private static bool TryReadEntries(ReadOnlySpan<byte> text, out Dictionary<RepoPath, List<NoteEntry>> files, out string problem)
    {
        files = [];
        List<NoteEntry>? file = null;
        var ranges = 0;
        var number = 0;
        foreach (var part in text.Split((byte)'\n'))
        {
            number++;
            var line = TrimEnd(text[part]);
            if (line.IsEmpty)
            {
                continue;
            }

            if (!line.StartsWith("  "u8))
            {
                file = CollectionsMarshal.GetValueRefOrAddDefault(files, Path(line), out _) ??= [];
                continue;
            }

            line = line[2..];
            var space = line.IndexOf((byte)' ');
            if (file is null || space <= 0)
            {
                problem = FormattableString.Invariant($"line {number} is neither a path nor '  key ranges'");
                return false;
            }

            var key = System.Text.Encoding.UTF8.GetString(line[..space]);
            foreach (var range in line[(space + 1)..].Split((byte)','))
            {
                if (!TryReadRange(line[(space + 1)..][range], out var span) || ++ranges > MostRanges)
                {
                    problem = ranges > MostRanges
                        ? FormattableString.Invariant($"it has more than {MostRanges} ranges")
                        : FormattableString.Invariant($"line {number} has a range that is none");
                    return false;
                }

                file.Add(new NoteEntry(key, span));
            }
        }

        problem = "";
        return true;
    }

    private static RepoPath Path(ReadOnlySpan<byte> line) =>
        RepoPath.FromBytes(line.Length >= 2 && line[0] == '"' && line[^1] == '"' ? line[1..^1] : line);

    private static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> line) => line.TrimEnd(" \t\r"u8);

    private static bool TryReadRange(ReadOnlySpan<byte> text, out LineSpan span)
    {
        span = default;
        var dash = text.IndexOf((byte)'-');
        if (!TryReadNumber(dash < 0 ? text : text[..dash], out var start))
        {
            return false;
        }

        var end = start;
        if (start == 0 || (dash >= 0 && (!TryReadNumber(text[(dash + 1)..], out end) || end < start)))
        {
            return false;
        }

        var first = (int)Math.Min(start, int.MaxValue - LongestRange);
        span = new LineSpan(first, first + (int)Math.Min(end - start, LongestRange - 1));
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> text, out ulong number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && text[0] != '+';
}
