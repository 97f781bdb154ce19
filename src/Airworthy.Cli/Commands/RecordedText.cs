using System.Text;
using System.Text.Json;
using Airworthy.Cli.Servers;

namespace Airworthy.Cli.Commands;

/// <summary>Recorded values as people read them: <c>Money {Cents: 850}</c>; what was left out stands between angle quotes.</summary>
internal static class RecordedText
{
    /// <summary>One line, safe to print, cut at <paramref name="most"/> characters.</summary>
    public static string Of(JsonElement value, int most = 400)
    {
        var text = new StringBuilder();
        Append(text, value, most);
        return Printable.Of(text.Length > most ? text.ToString(0, most - 1) + "…" : text.ToString());
    }

    /// <summary>How a call ended: what it returned, or the exception that left it.</summary>
    public static string End(JsonElement outcome, int most = 400) =>
        outcome.TryGetProperty("exception", out var exception) && !outcome.TryGetProperty("response", out _) ? $"{Printable.Of(exception.GetProperty("type").GetString() ?? "")} thrown"
            : outcome.TryGetProperty("result", out var result) ? Of(result, most)
            : outcome.TryGetProperty("response", out var response) ? Answer(response, most)
            : outcome.TryGetProperty("status", out _) ? Answer(outcome, most) : "nothing";

    /// <summary>A body as it was recorded or replayed: JSON, text, or why it was left out.</summary>
    public static string Body(JsonElement body, int most = 400) =>
        body.ValueKind == JsonValueKind.Object && (body.TryGetProperty("json", out var kept) || body.TryGetProperty("text", out kept)) ? Of(kept, most) : Of(body, most);

    private static string Answer(JsonElement response, int most)
    {
        var status = response.GetProperty("status").GetRawText();
        return response.TryGetProperty("body", out var body) && body.ValueKind != JsonValueKind.Null ? $"{status} {Body(body, most)}" : status;
    }

    private static void Append(StringBuilder text, JsonElement value, int most)
    {
        if (text.Length > most)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                text.Append('[');
                Join(text, value.EnumerateArray(), item => Append(text, item, most));
                text.Append(']');
                break;
            case JsonValueKind.Object when value.TryGetProperty("$unrecorded", out var reason):
                text.Append('‹').Append(reason.GetString()).Append('›');
                break;
            case JsonValueKind.Object when value.TryGetProperty("$text", out var start):
                text.Append('"').Append(start.GetString()).Append("…\"");
                break;
            case JsonValueKind.Object when value.TryGetProperty("$pairs", out var pairs):
                text.Append('{');
                Join(text, pairs.EnumerateArray(), pair =>
                {
                    Append(text, pair[0], most);
                    text.Append(": ");
                    Append(text, pair[1], most);
                });
                text.Append('}');
                break;
            case JsonValueKind.Object:
                text.Append(value.TryGetProperty("$type", out var type) ? Short(type.GetString() ?? "") + " {" : "{");
                Join(text, value.EnumerateObject().Where(property => property.Name != "$type"), property =>
                {
                    text.Append(property.Name).Append(": ");
                    Append(text, property.Value, most);
                });
                text.Append('}');
                break;
            case JsonValueKind.String:
                text.Append('"').Append(value.GetString()).Append('"');
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void Join<T>(StringBuilder text, IEnumerable<T> items, Action<T> append)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            text.Append(isFirst ? "" : ", ");
            append(item);
            isFirst = false;
        }
    }

    /// <summary>A type's own name, without its namespace and the versions of its arguments.</summary>
    private static string Short(string type) => type.Split('[')[0].Split('`')[0].Split('.', '+')[^1];
}
