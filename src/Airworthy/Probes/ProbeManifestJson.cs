using System.Text.Encodings.Web;
using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Probes;

/// <summary>The manifest as a file, <c>.airworthy/probes.json</c>: one file of source a line, so that a change of it reads well.</summary>
public static class ProbeManifestJson
{
    /// <summary>Where a repository may keep it.</summary>
    public const string FileName = ".airworthy/probes.json";

    /// <summary>The form of the file that is written, and the only one that is read.</summary>
    public const int Version = 1;

    /// <summary>A manifest of a million files is not larger.</summary>
    private const int MostBytes = 256 * 1024 * 1024;

    private const int MostLine = 100_000_000;

    private static readonly JsonWriterOptions s_lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it as UTF-8.</summary>
    public static void Write(ProbeManifest manifest, Stream output)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(output);
        using var json = new Utf8JsonWriter(output, s_lines);
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("revision", manifest.Revision);
        json.WriteString("policy", manifest.PolicyDigest);
        json.WriteStartArray("probation");
        foreach (var kind in manifest.Probation)
        {
            json.WriteStringValue(Word(kind));
        }

        json.WriteEndArray();
        json.WriteBoolean("shallow", manifest.IsShallow);
        json.WriteStartArray("files");
        foreach (var file in manifest.Files)
        {
            json.WriteRawValue(Line(file), skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads one.</summary>
    /// <param name="input">Its bytes.</param>
    /// <param name="source">What to call it in an error.</param>
    /// <exception cref="ProbeException">It is too large, damaged, or of a version that is not known.</exception>
    public static ProbeManifest Read(Stream input, string source)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.CanSeek && input.Length > MostBytes)
        {
            throw new ProbeException(Fault.BadInput, $"'{source}' is too large to be a manifest of probes; make it again with 'airworthy probes manifest'");
        }

        try
        {
            using var document = JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() is var version && version != Version)
            {
                throw new ProbeException(
                    Fault.BadInput, $"'{source}' is a manifest of version {version}, and this build reads {Version}; make it again with 'airworthy probes manifest'");
            }

            return new ProbeManifest(
                Text(root, "revision"),
                Text(root, "policy"),
                [.. root.GetProperty("probation").EnumerateArray().Select(word => Kind(word.GetString()))],
                root.GetProperty("shallow").GetBoolean(),
                [.. root.GetProperty("files").EnumerateArray().Select(File)]);
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ProbeException(
                Fault.BadInput, $"'{source}' is not a manifest of probes; make it again with 'airworthy probes manifest'", damaged);
        }
    }

    private static WatchedFile File(JsonElement file) =>
        new(new RepoPath(Text(file, "path")), Text(file, "sha256"), [.. file.GetProperty("lines").EnumerateArray().Select(Span)]);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException();

    private static LineSpan Span(JsonElement span)
    {
        var (start, end) = span.GetArrayLength() == 2 ? (span[0].GetInt32(), span[1].GetInt32()) : default;
        return start >= 1 && end >= start && end <= MostLine ? new LineSpan(start, end) : throw new FormatException();
    }

    private static byte[] Line(WatchedFile file)
    {
        using var line = new MemoryStream();
        line.WriteByte((byte)'\n');
        using (var json = new Utf8JsonWriter(line, s_lines))
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path.Value);
            json.WriteString("sha256", file.Sha256);
            json.WriteStartArray("lines");
            foreach (var span in file.Lines)
            {
                json.WriteStartArray();
                json.WriteNumberValue(span.Start);
                json.WriteNumberValue(span.End);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return line.ToArray();
    }

    private static string Word(AuthorKind kind) => kind switch
    {
        AuthorKind.Ai => "ai",
        AuthorKind.Human => "human",
        _ => "unknown",
    };

    private static AuthorKind Kind(string? word) => word switch
    {
        "ai" => AuthorKind.Ai,
        "human" => AuthorKind.Human,
        "unknown" => AuthorKind.Unknown,
        _ => throw new FormatException(),
    };
}
