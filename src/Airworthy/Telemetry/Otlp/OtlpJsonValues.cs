using System.Globalization;
using System.Text.Json;
using Airworthy.Telemetry.Protos;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Airworthy.Telemetry.Otlp;

/// <summary>Reads the values of OTLP/JSON: texts, numbers that may come as texts, ids, attributes. What can't be one is said by its name.</summary>
internal static class OtlpJsonValues
{
    public static void Attributes(JsonElement parent, RepeatedField<KeyValue> attributes)
    {
        foreach (var item in Items(parent, "attributes"))
        {
            attributes.Add(new KeyValue { Key = Text(item, "key"), Value = Value(item) });
        }
    }

    private static AnyValue? Value(JsonElement attribute)
    {
        if (Member(attribute, "value", JsonValueKind.Object) is not { } json)
        {
            return null;
        }

        foreach (var member in json.EnumerateObject())
        {
            switch (member.Name)
            {
                case "stringValue":
                    return new AnyValue { StringValue = Text(json, member.Name) };
                case "boolValue" when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    return new AnyValue { BoolValue = member.Value.GetBoolean() };
                case "intValue":
                    return new AnyValue { IntValue = Integer<long>(member.Value, member.Name) };
                case "doubleValue":
                    return new AnyValue { DoubleValue = Double(member.Value, member.Name) };
                case "arrayValue" when member.Value.ValueKind == JsonValueKind.Object:
                    return new AnyValue { ArrayValue = Texts(member.Value) };
                default:
                    continue;
            }
        }

        return new AnyValue();
    }

    private static TextList Texts(JsonElement json)
    {
        var texts = new TextList();
        texts.Values.AddRange(Items(json, "values").Select(item => new TextItem { StringValue = Text(item, "stringValue") }));
        return texts;
    }

    public static IEnumerable<T> Numbers<T>(JsonElement parent, string name, Func<JsonElement, T> read) =>
        Member(parent, name, JsonValueKind.Array) is { } array ? array.EnumerateArray().Select(read) : [];

    public static ulong Count(JsonElement json, string name) =>
        json.TryGetProperty(name, out var count) && count.ValueKind != JsonValueKind.Null ? Integer<ulong>(count, name) : 0;

    public static double Double(JsonElement json, string name) => json.ValueKind switch
    {
        JsonValueKind.Number when json.TryGetDouble(out var number) => number,
        JsonValueKind.String when double.TryParse(String(json), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new OtlpFormatException($"'{name}' is not a number"),
    };

    public static IEnumerable<JsonElement> Items(JsonElement parent, string name)
    {
        if (Member(parent, name, JsonValueKind.Array) is not { } array)
        {
            yield break;
        }

        foreach (var item in array.EnumerateArray())
        {
            yield return item.ValueKind == JsonValueKind.Object
                ? item
                : throw new OtlpFormatException($"'{name}' holds a {Name(item.ValueKind)} where an object must be");
        }
    }

    public static JsonElement? Member(JsonElement parent, string name, JsonValueKind kind)
    {
        if (!parent.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return member.ValueKind == kind
            ? member
            : throw new OtlpFormatException($"'{name}' is a {Name(member.ValueKind)} where a {Name(kind)} must be");
    }

    public static ByteString Text(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.String) is { } text ? ByteString.CopyFromUtf8(String(text)) : ByteString.Empty;

    public static ByteString Id(JsonElement parent, string name)
    {
        if (Member(parent, name, JsonValueKind.String) is not { } json)
        {
            return ByteString.Empty;
        }

        try
        {
            return ByteString.CopyFrom(Convert.FromHexString(String(json)));
        }
        catch (FormatException e)
        {
            throw new OtlpFormatException($"'{name}' is not hexadecimal", e);
        }
    }

    public static ulong Nanos(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var json) || json.ValueKind == JsonValueKind.Null)
        {
            return 0;
        }

        // A time before 1970 or beyond the range is a sender's clock gone wrong, not a broken request: the reduction replaces it.
        var text = json.ValueKind == JsonValueKind.String ? String(json) : json.GetRawText();
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var nanos))
        {
            throw new OtlpFormatException($"'{name}' is not an integer");
        }

        return nanos is >= 0 and <= ulong.MaxValue ? (ulong)nanos : 0;
    }

    public static int Small(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var json) && json.ValueKind != JsonValueKind.Null ? Integer<int>(json, name) : 0;

    public static T Integer<T>(JsonElement json, string name)
        where T : struct, IParsable<T>
    {
        var text = json.ValueKind switch
        {
            JsonValueKind.String => String(json),
            JsonValueKind.Number => json.GetRawText(),
            _ => "",
        };
        return T.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new OtlpFormatException($"'{name}' is not an integer of its size");
    }

    /// <summary>The text of a JSON string; U+FFFD for one that escapes half a surrogate pair.</summary>
    public static string String(JsonElement json)
    {
        try
        {
            return json.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "list",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "literal",
    };
}
