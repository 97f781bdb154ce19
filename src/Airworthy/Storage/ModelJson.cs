using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Airworthy.Model;

namespace Airworthy.Storage;

/// <summary>
/// The nouns as JSON: camelCase members, enumerations and ids as strings, lists never null. The same text is stored and served.
/// </summary>
public static class ModelJson
{
    /// <summary>Options that write and read every noun of <c>Airworthy.Model</c>.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    internal static string Write<T>(T noun) => JsonSerializer.Serialize(noun, Options);

    internal static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"a stored {typeof(T).Name} is null");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
                new TextConverter<CommitId>(id => id.ToString(), text => CommitId.Parse(text)),
                new TextConverter<ChangeId>(id => id.Value, text => new ChangeId(text)),
                new TextConverter<IncidentId>(id => id.Value, text => new IncidentId(text)),
                new TextConverter<LessonId>(id => id.Value, text => new LessonId(text)),
                new RepoPathConverter(),
                new ListConverterFactory(),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class TextConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return read(reader.GetString() ?? throw new JsonException($"a {typeof(T).Name} is null"));
            }
            catch (FormatException e)
            {
                throw new JsonException(e.Message, e);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }

    /// <summary>A path that is no valid UTF-8 is written as <c>{"bytes": base64}</c>: JSON text cannot hold it.</summary>
    private sealed class RepoPathConverter : JsonConverter<RepoPath>
    {
        public override RepoPath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return new RepoPath(reader.GetString()!);
            }

            RepoPath? path = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isBytes = reader.ValueTextEquals("bytes"u8);
                reader.Read();
                if (isBytes)
                {
                    path = RepoPath.FromBytes(reader.GetBytesFromBase64());
                }
                else
                {
                    reader.Skip();
                }
            }

            return path ?? throw new JsonException("a path is neither text nor bytes");
        }

        public override void Write(Utf8JsonWriter writer, RepoPath value, JsonSerializerOptions options)
        {
            if (value.IsText)
            {
                writer.WriteStringValue(value.Value);
                return;
            }

            writer.WriteStartObject();
            writer.WriteBase64String("bytes"u8, value.ToBytes());
            writer.WriteEndObject();
        }
    }

    /// <summary>Immutable arrays: one that was never set is written as an empty list, and null or nothing is read as one.</summary>
    private sealed class ListConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(ListConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class ListConverter<T> : JsonConverter<ImmutableArray<T>>
    {
        public override bool HandleNull => true;

        public override ImmutableArray<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<T[]>(ref reader, options) is { } items ? [.. items] : [];

        public override void Write(Utf8JsonWriter writer, ImmutableArray<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            if (!value.IsDefault)
            {
                foreach (var item in value)
                {
                    JsonSerializer.Serialize(writer, item, options);
                }
            }

            writer.WriteEndArray();
        }

    }
}
