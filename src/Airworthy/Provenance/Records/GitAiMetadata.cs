using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>
/// The JSON part of a git-ai note: who stands behind its keys. Prompts and transcripts that old notes carry are skipped unread.
/// </summary>
internal sealed class GitAiMetadata
{
    private const string SchemaFamily = "authorship/3.";
    private static readonly HashSet<string> s_testAgents = new(StringComparer.OrdinalIgnoreCase) { "mock_ai", "test-agent" };

    private readonly Dictionary<string, AttestedAuthor?> _records = new(StringComparer.Ordinal);

    private GitAiMetadata()
    {
    }

    /// <summary>The authors it keeps a record of, by key; null in place of one that does not count.</summary>
    public IReadOnlyDictionary<string, AttestedAuthor?> Records => _records;

    /// <summary>The commit the note was made for; null when not told.</summary>
    public CommitId? Base { get; private set; }

    /// <summary>The commit that the annotated one rewrites; null when not told.</summary>
    public CommitId? LogicalCommit { get; private set; }

    /// <summary>Reads <paramref name="json"/>; false, with what is wrong, when it is no metadata of this format.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out GitAiMetadata metadata, out string problem)
    {
        metadata = new GitAiMetadata();
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

    /// <summary>The part of a key that a record is kept by: all of it, but for the trace behind a session.</summary>
    public static string RecordKey(string key) => key.IndexOf("::", StringComparison.Ordinal) is var separator and >= 0 ? key[..separator] : key;

    /// <summary>
    /// Whom <paramref name="key"/> names, by the records of this note; false when it keeps none for it. A person not attested by id is
    /// nobody: early notes wrote a bare <c>human</c>.
    /// </summary>
    public bool TryFind(string key, out AttestedAuthor? author)
    {
        if (key.StartsWith("h_", StringComparison.Ordinal))
        {
            author = AttestedAuthor.Person;
            return true;
        }

        return _records.TryGetValue(RecordKey(key), out author) || key == "human";
    }

    private string ReadRoot(ref Utf8JsonReader reader)
    {
        var schema = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSchema = reader.ValueTextEquals("schema_version"u8);
            var isRecords = reader.ValueTextEquals("sessions"u8) || reader.ValueTextEquals("prompts"u8);
            var isBase = reader.ValueTextEquals("base_commit_sha"u8);
            var isLogical = reader.ValueTextEquals("logical_commit_id"u8);
            reader.Read();
            if (isSchema && reader.TokenType == JsonTokenType.String)
            {
                schema = Text(ref reader) ?? "";
            }
            else if (isBase && reader.TokenType == JsonTokenType.String)
            {
                Base = Id(ref reader);
            }
            else if (isLogical && reader.TokenType == JsonTokenType.String)
            {
                LogicalCommit = Id(ref reader);
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

    private static CommitId? Id(ref Utf8JsonReader reader) => CommitId.TryParse(Text(ref reader), out var id) ? id : null;

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
