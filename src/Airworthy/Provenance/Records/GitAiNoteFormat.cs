using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>
/// Reads the text of a git-ai note (<c>authorship/3.x</c>): attestations, a line <c>---</c>, a JSON object. Follows git-ai's own parser
/// where its specification is silent: blanks at a line's end do not count, and the last entry that covers a line wins.
/// </summary>
internal sealed class GitAiNoteFormat(string source) : INoteFormat
{
    /// <summary>Where git-ai keeps its notes.</summary>
    public const string Ref = "refs/notes/ai";

    private readonly record struct Entry(string Key, LineSpan Span);

    public bool TryRead(ReadOnlySpan<byte> text, IReadOnlyDictionary<string, AttestedAuthor?> elsewhere, out Note note, out string problem)
    {
        note = null!;
        if (!TryDivide(text, out var attestations, out var json))
        {
            problem = "it has no line '---'";
            return false;
        }

        if (!GitAiMetadata.TryRead(json, out var metadata, out problem) || !TryReadEntries(attestations, out var files, out problem))
        {
            return false;
        }

        var authors = new Dictionary<string, AttestedAuthor?>(StringComparer.Ordinal);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        note = new Note(AttestedFiles.From(files.Select(file =>
            KeyValuePair.Create(file.Key, file.Value.ConvertAll(entry => new RecordedLines(entry.Span, AuthorOf(entry.Key)))))))
        {
            Base = metadata.Base,
            LogicalCommit = metadata.LogicalCommit,
            MissingRecords = missing.Count,
        };
        return true;

        AttestedAuthor? AuthorOf(string key)
        {
            if (authors.TryGetValue(key, out var author))
            {
                return author;
            }

            var record = GitAiMetadata.RecordKey(key);
            if (!metadata.TryFind(key, out author) && !elsewhere.TryGetValue(record, out author))
            {
                missing.Add(record);
                author = AttestedAuthor.UnknownAgent;
            }

            return authors[key] = author;
        }
    }

    public IReadOnlyDictionary<string, AttestedAuthor?> Authors(ReadOnlySpan<byte> text) =>
        TryDivide(text, out _, out var json) && GitAiMetadata.TryRead(json, out var metadata, out _)
            ? metadata.Records
            : ImmutableDictionary<string, AttestedAuthor?>.Empty;

    public IEnumerable<Prompt> Prompts(ReadOnlySpan<byte> text) =>
        TryDivide(text, out _, out var json)
        && GitAiMetadata.TryRead(json, out var metadata, out _)
        && OutsideJson.TryRead(json, root => Prompts(root, metadata).Take(Prompt.MostOfCommit).ToList(), out var prompts, out _)
            ? prompts!
            : [];

    // Only notes before 1.3.4 carry the conversation.
    private IEnumerable<Prompt> Prompts(OutsideJson root, GitAiMetadata metadata)
    {
        foreach (var (key, record) in root.Members("prompts"))
        {
            metadata.TryFind(key, out var author);
            foreach (var message in record.Items("messages").Where(message => message.Text("type") == "user"))
            {
                if (Prompt.Of(source, author?.Agent, message.Text("text"), message.Instant("timestamp")) is { } prompt)
                {
                    yield return prompt;
                }
            }
        }
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

    private static bool TryReadEntries(ReadOnlySpan<byte> text, out Dictionary<RepoPath, List<Entry>> files, out string problem)
    {
        files = [];
        List<Entry>? file = null;
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

            var key = Encoding.UTF8.GetString(line[..space]);
            foreach (var range in line[(space + 1)..].Split((byte)','))
            {
                if (!TryReadRange(line[(space + 1)..][range], out var span) || ++ranges > RecordedLines.MostRanges)
                {
                    problem = ranges > RecordedLines.MostRanges
                        ? FormattableString.Invariant($"it has more than {RecordedLines.MostRanges} ranges")
                        : FormattableString.Invariant($"line {number} has a range that is none");
                    return false;
                }

                file.Add(new Entry(key, span));
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
        if ((dash >= 0 && !TryReadNumber(text[(dash + 1)..], out end)) || RecordedLines.Range(start, end) is not { } range)
        {
            return false;
        }

        span = range;
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> text, out ulong number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && text[0] != '+';
}
