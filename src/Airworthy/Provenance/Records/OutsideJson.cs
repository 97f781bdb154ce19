using System.Globalization;
using System.Text.Json;

namespace Airworthy.Provenance.Records;

/// <summary>
/// A JSON value from outside: asked for a member it answers with what is there in the kind expected, or with nothing. Its text may hold
/// anything.
/// </summary>
internal readonly struct OutsideJson(JsonElement element)
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 64 };

    /// <summary>True when it is an object.</summary>
    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    /// <summary>True when it is an array.</summary>
    public bool IsArray => element.ValueKind == JsonValueKind.Array;

    /// <summary>The number it is; null when it is none.</summary>
    public double? Real => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) ? number : null;

    /// <summary>The whole number it is; null when it is none.</summary>
    public ulong? Number => element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out var number) ? number : null;

    /// <summary>Reads <paramref name="text"/> and what <paramref name="read"/> takes of it; false, with what is wrong, when it is no JSON object.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> text, Func<OutsideJson, T> read, out T? value, out string problem)
    {
        value = default;
        try
        {
            var reader = new Utf8JsonReader(text, s_options);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                problem = "it is no JSON object";
                return false;
            }

            // To the end, so that what follows the object is not passed over.
            while (reader.Read())
            {
            }

            value = read(new OutsideJson(document.RootElement));
            problem = "";
            return true;
        }
        catch (JsonException e)
        {
            problem = FormattableString.Invariant($"its JSON is malformed at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            return false;
        }
    }

    /// <summary>The object member of that name; an empty answer when there is none.</summary>
    public OutsideJson Member(string name)
    {
        try
        {
            return IsObject && element.TryGetProperty(name, out var member) ? new OutsideJson(member) : default;
        }
        catch (InvalidOperationException)
        {
            // Some member's name holds half a character, written as an escape.
            return default;
        }
    }

    /// <summary>The text of the first of <paramref name="names"/> that is a string; null when none is.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Member(name).AsText() is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The whole number of the first of <paramref name="names"/> that is one; null when none is.</summary>
    public ulong? WholeNumber(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Member(name).Number is { } number)
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>The instant of the first of <paramref name="names"/> that is an ISO 8601 time; null when none is.</summary>
    public DateTimeOffset? Instant(params ReadOnlySpan<string> names) =>
        DateTimeOffset.TryParse(Text(names), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>The items of the array member of that name; none when there is none.</summary>
    public IEnumerable<OutsideJson> Items(string name) => Member(name).AsItems();

    /// <summary>The items of this array; none when it is no array.</summary>
    public IEnumerable<OutsideJson> AsItems() =>
        IsArray ? element.EnumerateArray().Select(item => new OutsideJson(item)) : [];

    /// <summary>The members of the object member of that name; none when there is none.</summary>
    public IEnumerable<(string Name, OutsideJson Value)> Members(string name)
    {
        var member = Member(name);
        return member.IsObject ? member.AsMembers() : [];
    }

    /// <summary>The string it is; null when it is none, or holds half a character.</summary>
    public string? AsText()
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private IEnumerable<(string Name, OutsideJson Value)> AsMembers()
    {
        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) is { } name)
            {
                yield return (name, new OutsideJson(property.Value));
            }
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
