using System.Text.Json;

namespace Airworthy.Probes.Replay;

/// <summary>
/// What a service made up in production (the id of an order) it makes up again, otherwise, when the request is replayed. Requests that follow and name the one
/// are sent with the other.
/// </summary>
internal sealed class CarriedIds
{
    /// <summary>Shorter texts are words, not ids.</summary>
    private const int ShortestId = 6;

    private readonly Dictionary<string, string> _now = new(StringComparer.Ordinal);

    /// <summary>Compares two answers to one request: where they have different texts in one place, the one stands for the other from now on.</summary>
    public void Learn(JsonElement recorded, JsonElement now)
    {
        if (recorded.ValueKind == JsonValueKind.String && now.ValueKind == JsonValueKind.String)
        {
            var (then, later) = (recorded.GetString()!, now.GetString()!);
            if (then != later && then.Length >= ShortestId && then.Any(char.IsAsciiDigit))
            {
                _now[then] = later;
            }
        }
        else if (recorded.ValueKind == JsonValueKind.Object && now.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in recorded.EnumerateObject())
            {
                if (!now.TryGetProperty(property.Name, out var value))
                {
                    continue;
                }

                if (property.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.Number && value.ValueKind == JsonValueKind.Number)
                {
                    _now[property.Value.GetRawText()] = value.GetRawText();
                }

                Learn(property.Value, value);
            }
        }
        else if (recorded.ValueKind == JsonValueKind.Array && now.ValueKind == JsonValueKind.Array)
        {
            foreach (var (then, later) in recorded.EnumerateArray().Zip(now.EnumerateArray()))
            {
                Learn(then, later);
            }
        }
    }

    /// <summary>Path and query with what the ids are now.</summary>
    public string InTarget(string target)
    {
        var parts = target.Split('?', 2);
        var path = string.Join('/', parts[0].Split('/').Select(Now));
        return parts.Length == 1 ? path : $"{path}?{string.Join('&', parts[1].Split('&').Select(InPair))}";
    }

    /// <summary>JSON with what the ids are now.</summary>
    public byte[] InJson(JsonElement body)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, body);
        }

        return buffer.ToArray();
    }

    private string InPair(string pair) => pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? pair[..(at + 1)] + Now(pair[(at + 1)..]) : pair;

    private string Now(string then) => _now.GetValueOrDefault(Uri.UnescapeDataString(then)) is { } now ? Uri.EscapeDataString(now) : then;

    private void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    Write(json, property.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String when _now.GetValueOrDefault(value.GetString()!) is { } now:
                json.WriteStringValue(now);
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
