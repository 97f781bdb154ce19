using System.Globalization;
using System.Text.Json;

namespace Airworthy.Server.Webhooks;

/// <summary>Reads members of a sender's JSON leniently: what is missing, or of another kind than it should be, is null.</summary>
internal static class JsonPath
{
    /// <summary>What lies under a path of members; null when it is not there.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        try
        {
            foreach (var name in path)
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                {
                    return null;
                }
            }
        }
        catch (InvalidOperationException)
        {
            // A member's name that escapes half of a surrogate pair: it can't be compared with any other.
            return null;
        }

        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    /// <summary>The text under a path; null when it is none, or blank.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path)
    {
        if (element.At(path) is not { ValueKind: JsonValueKind.String } text)
        {
            return null;
        }

        try
        {
            return text.GetString() is { } told && !string.IsNullOrWhiteSpace(told) ? told.Trim() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: no text.
            return null;
        }
    }

    /// <summary>The instant under a path, ISO 8601; null when it is none.</summary>
    public static DateTimeOffset? Instant(this JsonElement element, params ReadOnlySpan<string> path) => Instant(element.Text(path));

    /// <summary>An instant, ISO 8601; null when it is none.</summary>
    public static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;
}
