using System.Collections.Frozen;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance.Records;

namespace Airworthy.Provenance.Carrying;

/// <summary>
/// The text of a git-ai note (<c>authorship/3.0.0</c>) that can be added to: whatever it held is written back, also what Airworthy does not
/// understand. The last entry of a file that covers a line wins.
/// </summary>
internal sealed class NoteText
{
    private static readonly string[] s_records = ["sessions", "humans", "prompts"];

    private static readonly JsonWriterOptions s_json = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<RepoPath> _paths = [];
    private readonly Dictionary<RepoPath, List<(string Key, ImmutableArray<LineSpan> Lines)>> _files = [];
    private static readonly FrozenDictionary<string, AttestedAuthor?> s_nobodyElsewhere = FrozenDictionary<string, AttestedAuthor?>.Empty;

    private readonly JsonObject _metadata;

    private NoteText(JsonObject metadata) => _metadata = metadata;

    /// <summary>A note that says nothing yet.</summary>
    public static NoteText About(CommitId commit) => new(new JsonObject
    {
        ["schema_version"] = "authorship/3.0.0",
        ["base_commit_sha"] = commit.Hex,
        ["prompts"] = new JsonObject(),
    });

    /// <summary>Reads a note; false, with what is wrong, when it is none of this format and so can't be added to without loss.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out NoteText note, out string problem)
    {
        note = null!;
        if (!new GitAiNoteFormat(GitAiNoteFormat.Ref).TryRead(text, s_nobodyElsewhere, out _, out problem))
        {
            return false;
        }

        var divider = Divider(text, out var json);
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false };
            note = new NoteText(JsonNode.Parse(text[json..], documentOptions: options)!.AsObject());
        }
        catch (JsonException e)
        {
            problem = $"its JSON can't be written back: {GitProcess.FirstLine(e.Message)}";
            return false;
        }

        var path = default(RepoPath);
        foreach (var part in text[..divider].Split((byte)'\n'))
        {
            var line = text[..divider][part].TrimEnd(" \t\r"u8);
            if (line.StartsWith("  "u8))
            {
                var space = line[2..].IndexOf((byte)' ') + 2;
                note.Attest(path, Encoding.UTF8.GetString(line[2..space]), Ranges(line[(space + 1)..]));
            }
            else if (!line.IsEmpty)
            {
                path = RepoPath.FromBytes(line.Length >= 2 && line[0] == '"' && line[^1] == '"' ? line[1..^1] : line);
            }
        }

        return true;
    }

    /// <summary>The files it speaks of.</summary>
    public IEnumerable<RepoPath> Paths => _paths;

    /// <summary>True when a path can stand in a note: the format ends a path at the line's end and escapes nothing.</summary>
    public static bool CanName(RepoPath path) => path.Value.Length > 0 && !path.Value.AsSpan().ContainsAny('\n', '\r');

    /// <summary>Says that <paramref name="key"/> wrote lines of a file, over whatever was said of them before.</summary>
    public void Attest(RepoPath path, string key, ImmutableArray<LineSpan> lines)
    {
        if (!_files.TryGetValue(path, out var entries))
        {
            _paths.Add(path);
            _files[path] = entries = [];
        }

        entries.Add((key, lines));
    }

    /// <summary>Which key speaks of each of <paramref name="lines"/>; null where none does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">Line numbers in ascending order.</param>
    public string?[] KeysOf(RepoPath path, ReadOnlySpan<int> lines)
    {
        var keys = new string?[lines.Length];
        foreach (var (key, spans) in _files.GetValueOrDefault(path) ?? [])
        {
            foreach (var span in spans)
            {
                var first = lines.BinarySearch(span.Start);
                for (var i = first < 0 ? ~first : first; i < lines.Length && lines[i] <= span.End; i++)
                {
                    keys[i] = key;
                }
            }
        }

        return keys;
    }

    /// <summary>Adds a session's record unless it is there.</summary>
    public void AddSession(string key, string tool, string conversation, string model, string? person)
    {
        var record = new JsonObject
        {
            ["agent_id"] = new JsonObject { ["tool"] = tool, ["id"] = conversation, ["model"] = model },
        };
        if (person is not null)
        {
            record["human_author"] = person;
        }

        Records("sessions").TryAdd(key, record);
    }

    /// <summary>Adds a person's record unless it is there.</summary>
    public void AddPerson(string key, string identity) => Records("humans").TryAdd(key, new JsonObject { ["author"] = identity });

    /// <summary>Takes the record behind a key over from another note, as it stands there; a key without a record stays without.</summary>
    public void TakeRecord(NoteText other, string key)
    {
        var name = NoteKeys.Record(key);
        foreach (var kind in s_records)
        {
            if (other._metadata[kind] is JsonObject theirs && theirs[name] is { } record)
            {
                Records(kind).TryAdd(name, record.DeepClone());
            }
        }
    }

    /// <summary>True when a key names a person.</summary>
    public static bool IsPerson(string key) => key.StartsWith("h_", StringComparison.Ordinal);

    /// <summary>The note as git-ai writes it.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        foreach (var path in _paths)
        {
            var bytes = path.ToBytes();
            stream.Write(NeedsQuotes(bytes) ? [(byte)'"', .. bytes, (byte)'"'] : bytes);
            stream.Write("\n"u8);
            foreach (var (key, lines) in _files[path])
            {
                stream.Write(Encoding.UTF8.GetBytes($"  {key} {string.Join(',', lines.Select(Written))}\n"));
            }
        }

        stream.Write("---\n"u8);
        using (var json = new Utf8JsonWriter(stream, s_json))
        {
            _metadata.WriteTo(json);
        }

        return stream.ToArray();
    }

    private JsonObject Records(string kind)
    {
        if (_metadata[kind] is not JsonObject records)
        {
            _metadata[kind] = records = [];
        }

        return records;
    }

    private static string Written(LineSpan span) =>
        span.Count == 1 ? span.Start.ToString(CultureInfo.InvariantCulture) : FormattableString.Invariant($"{span.Start}-{span.End}");

    // Also what would be read as the divider, or lose quotes of its own.
    private static bool NeedsQuotes(ReadOnlySpan<byte> path) =>
        path.ContainsAny((byte)' ', (byte)'\t') || path.SequenceEqual("---"u8) || (path[0] == '"' && path[^1] == '"');

    private static int Divider(ReadOnlySpan<byte> text, out int json)
    {
        for (var start = 0; ;)
        {
            var length = text[start..].IndexOf((byte)'\n');
            if (length < 0 || text[start..(start + length)].TrimEnd("\r"u8).SequenceEqual("---"u8))
            {
                json = Math.Min(text.Length, start + length + 1);
                return start;
            }

            start += length + 1;
        }
    }

    // The whole text was read before: every range is well-formed. One beyond all bounds is kept up to the largest line there can be.
    private static ImmutableArray<LineSpan> Ranges(ReadOnlySpan<byte> text)
    {
        var spans = ImmutableArray.CreateBuilder<LineSpan>();
        foreach (var part in text.Split((byte)','))
        {
            var range = text[part];
            var dash = range.IndexOf((byte)'-');
            var start = Number(dash < 0 ? range : range[..dash]);
            spans.Add(new LineSpan(start, dash < 0 ? start : Number(range[(dash + 1)..])));
        }

        return spans.DrainToImmutable();
    }

    private static int Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out ulong number, out _) ? (int)Math.Min(number, int.MaxValue) : 1;
}
