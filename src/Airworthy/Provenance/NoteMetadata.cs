using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// The JSON part of a git-ai note: who stands behind its keys. Prompts and transcripts that old notes carry are skipped unread.
/// </summary>
internal sealed class NoteMetadata
{
    private const string SchemaFamily = "authorship/3.";
    private static readonly HashSet<string> s_testAgents = new(StringComparer.OrdinalIgnoreCase) { "mock_ai", "test-agent" };

    private readonly Dictionary<string, AttestedAuthor?> _records = new(StringComparer.Ordinal);

    private NoteMetadata()
    {
    }

    /// <summary>Reads <paramref name="json"/>; false, with what is wrong, when it is no metadata of this format.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out NoteMetadata metadata, out string problem)
    {
        metadata = new NoteMetadata();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                problem = "its second part is no JSON object";
                return false;
            }

            var schema = metadata.ReadRoot(ref reader);
            problem = schema.StartsWith(SchemaFamily, StringComparison.Ordinal) ? "" : $"its schema is '{SignalLimits.Bound(schema)}', not '{SchemaFamily}x'";
            return problem.Length == 0;
        }
        catch (JsonException e)
        {
            problem = FormattableString.Invariant($"its JSON is malformed at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            return false;
        }
    }

    /// <summary>
    /// Whom <paramref name="key"/> names; null for nobody that counts: an agent made for tests, or a person not attested by id (early
    /// notes wrote a bare <c>human</c>).
    /// </summary>
    public AttestedAuthor? AuthorOf(string key)
    {
        if (key.StartsWith("h_", StringComparison.Ordinal))
        {
            return AttestedAuthor.Person;
        }

        if (key == "human")
        {
            return null;
        }

        var separator = key.IndexOf("::", StringComparison.Ordinal);
        return _records.TryGetValue(separator < 0 ? key : key[..separator], out var author) ? author : AttestedAuthor.UnknownAgent;
    }

    private string ReadRoot(ref Utf8JsonReader reader)
    {
        var schema = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSchema = reader.ValueTextEquals("schema_version"u8);
            var isRecords = reader.ValueTextEquals("sessions"u8) || reader.ValueTextEquals("prompts"u8);
            reader.Read();
            if (isSchema && reader.TokenType == JsonTokenType.String)
            {
                schema = Text(ref reader) ?? "";
            }
            else if (isRecords && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadRecords(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // To the end of the text, so that what follows the object is not passed over.
        while (reader.Read())
        {
        }

        return schema;
    }

    private void ReadRecords(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Text(ref reader) ?? "";
            reader.Read();
            _records[key] = reader.TokenType == JsonTokenType.StartObject ? ReadRecord(ref reader) : Skipped(ref reader);
        }
    }

    private static AttestedAuthor? ReadRecord(ref Utf8JsonReader reader)
    {
        AttestedAuthor? author = AttestedAuthor.UnknownAgent;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAgent = reader.ValueTextEquals("agent_id"u8);
            reader.Read();
            if (isAgent && reader.TokenType == JsonTokenType.StartObject)
            {
                author = ReadAgent(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return author;
    }

    private static AttestedAuthor? ReadAgent(ref Utf8JsonReader reader)
    {
        string? tool = null, id = null, model = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTool = reader.ValueTextEquals("tool"u8);
            var isId = reader.ValueTextEquals("id"u8);
            var isModel = reader.ValueTextEquals("model"u8);
            reader.Read();
            var value = reader.TokenType == JsonTokenType.String ? Text(ref reader) : null;
            reader.Skip();
            tool = isTool ? value : tool;
            id = isId ? value : id;
            model = isModel ? value : model;
        }

        return tool is not null && s_testAgents.Contains(tool)
            ? null
            : new AttestedAuthor(new Agent(AgentName.FromTool(tool), ModelName.FromField(model), SignalLimits.BoundOrNull(id)));
    }

    private static AttestedAuthor? Skipped(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return AttestedAuthor.UnknownAgent;
    }

    // A string may hold a lone surrogate, which is no text.
    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
