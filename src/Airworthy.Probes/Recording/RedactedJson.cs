using System.Text.Json;

namespace Airworthy.Probes.Recording;

/// <summary>Writes JSON again without its secrets: by the names of properties, and by what text looks like.</summary>
internal static class RedactedJson
{
    public static void Write(Utf8JsonWriter json, JsonElement value, Redactor redactor) => Write(json, value, redactor, secret: false);

    private static void Write(Utf8JsonWriter json, JsonElement value, Redactor redactor, bool secret)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                json.WriteStringValue(secret ? redactor.Mask(value.GetString()!, "name") : redactor.Text(value.GetString()!));
                break;
            case JsonValueKind.Object when !secret:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    Write(json, property.Value, redactor, redactor.IsSecretName(property.Name));
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array when !secret:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item, redactor, secret: false);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Null:
                json.WriteNullValue();
                break;
            default:
                if (secret)
                {
                    redactor.Count("name");
                    json.WriteStartObject();
                    json.WriteString("$unrecorded", "redacted");
                    json.WriteEndObject();
                }
                else
                {
                    value.WriteTo(json);
                }

                break;
        }
    }
}
