using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Verification;

namespace Airworthy.Journeys;

/// <summary>
/// Evidence in a file, between the verbs that make it (trials, replays, what production shows) and the gate that judges by it. The shape is
/// that of <see cref="Evidence"/>: <c>{"evidence":[{"kind","source","unit","path","revision","count","bad","instances"}]}</c>. See
/// docs/evidence-files.md.
/// </summary>
public static class EvidenceFile
{
    private const int MaxEntries = 1_000_000;
    private const int MaxChars = 4096;
    private const int MaxKindChars = 64;

    private static readonly string[] s_keys = ["kind", "source", "unit", "path", "revision", "count", "bad", "instances"];

    /// <summary>True of what production showed of code that had landed before: it proves nothing of a change.</summary>
    internal static bool IsProduction(Evidence evidence) => evidence.Kind.StartsWith("production", StringComparison.Ordinal);

    /// <summary>Writes evidence, each piece with all keys.</summary>
    public static void Write(Stream stream, IEnumerable<Evidence> evidence)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartArray("evidence");
        foreach (var one in evidence)
        {
            json.WriteStartObject();
            json.WriteString("kind", one.Kind);
            json.WriteString("source", one.Source);
            json.WriteString("unit", one.Unit);
            json.WriteString("path", one.Path is { IsText: true } path ? path.Value : null);
            json.WriteString("revision", one.Revision?.Hex);
            json.WriteNumber("count", one.Count);
            json.WriteNumber("bad", one.Bad);
            json.WriteNumber("instances", one.Instances);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads what <paramref name="file"/> holds. It is read strictly: what is not understood is refused, since evidence lets changes pass.</summary>
    /// <exception cref="EvidenceException">It is cut off, or not of this shape.</exception>
    public static ImmutableArray<Evidence> Read(ReportFile file)
    {
        if (!file.Start().StartsWith('{'))
        {
            throw file.Refused("is no evidence file: it does not start with '{'");
        }

        var found = ImmutableArray<Evidence>.Empty;
        file.ReadJson(root =>
        {
            if (root.EnumerateObject().Select(property => property.Name).ToArray() is not ["evidence"] || root.GetProperty("evidence").ValueKind != JsonValueKind.Array)
            {
                throw file.Refused("is no evidence file: it must be {\"evidence\": [ … ]}");
            }

            var entries = root.GetProperty("evidence");
            if (entries.GetArrayLength() > MaxEntries)
            {
                throw file.Refused($"holds more than {MaxEntries:N0} pieces of evidence; split it");
            }

            found = [.. entries.EnumerateArray().Select((entry, index) => new Entry(file, entry, index + 1).Read())];
        });
        return found;
    }

    /// <summary>One piece of evidence as it is written.</summary>
    private readonly struct Entry(ReportFile file, JsonElement json, int number)
    {
        public Evidence Read()
        {
            RefuseKeys();
            var (count, bad, instances) = (Number("count", long.MaxValue), Number("bad", long.MaxValue), (int)Number("instances", int.MaxValue));
            return new Evidence(
                Kind(),
                Text("source"),
                Text("unit"),
                Optional("path") is { } path ? Path(path) : null,
                Optional("revision") is { } revision ? Revision(revision) : null,
                count,
                bad <= count ? bad : throw Wrong($"says {bad} bad of {count}"),
                instances);
        }

        private void RefuseKeys()
        {
            if (json.ValueKind != JsonValueKind.Object)
            {
                throw Wrong("is no object");
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in json.EnumerateObject())
            {
                if (!s_keys.Contains(property.Name, StringComparer.Ordinal))
                {
                    throw Wrong($"has the unknown key '{Quoted(property.Name)}'; {(NearestName.Of(property.Name, s_keys) is { } near ? $"did you mean '{near}'?" : $"known are {string.Join(", ", s_keys)}")}");
                }

                if (!seen.Add(property.Name))
                {
                    throw Wrong($"has '{property.Name}' twice");
                }
            }
        }

        private string Kind()
        {
            var kind = Text("kind");
            if (kind.Length > MaxKindChars || !char.IsAsciiLetterLower(kind[0]) || !kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            {
                throw Wrong($"has the kind '{Quoted(kind)}'; a kind is lower-case letters, digits and '-', such as 'trial'");
            }

            return EvidenceKind.Find(kind) is { OwnOption: { } option }
                ? throw Wrong($"is of the kind '{kind}', which the gate reads by {option}")
                : kind;
        }

        private RepoPath Path(string path) =>
            path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Split('/').Any(part => part is "" or "." or "..")
                ? throw Wrong($"has the path '{Quoted(path)}'; a path starts at the top of the repository, with '/' between its parts")
                : new RepoPath(path);

        private CommitId Revision(string revision) =>
            CommitId.TryParse(revision, out var id) ? id : throw Wrong($"has the revision '{Quoted(revision)}', which is no full commit id");

        private string Text(string key) => Optional(key) ?? throw Wrong($"has no '{key}'");

        private string? Optional(string key)
        {
            if (!json.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong($"has a '{key}' that is no text");
            return text.Length is > 0 and <= MaxChars && !text.Any(char.IsControl)
                ? text
                : throw Wrong($"has a '{key}' that is empty, longer than {MaxChars:N0} characters, or holds control characters");
        }

        private long Number(string key, long most) =>
            json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 && number <= most
                ? number
                : throw Wrong($"needs a whole number of at least 0 as '{key}'");

        private EvidenceException Wrong(string problem) => file.Refused($"is not to be read: piece {number:N0} {problem}");

        private static string Quoted(string text) => new([.. text.Take(60).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)]);
    }
}
