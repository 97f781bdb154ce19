using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Airworthy.Probes.Recording;

/// <summary>Writes the parts of an HTTP message as a recording keeps them: addresses, headers and bodies without their secrets.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Of what passes over HTTP no field is read by reflection.")]
internal static class HttpParts
{
    /// <summary>Bytes of one body that are kept.</summary>
    public const int MostBody = 64 * 1024;

    private const int MostHeader = 1024;

    /// <summary>
    /// Headers that may decide which way a request takes or that tell what an answer is. No others are kept: they name machines and people. AIRWORTHY_RECORD_HEADERS adds more.
    /// </summary>
    private static readonly HashSet<string> s_kept = new(
        [
            "Accept", "Accept-Language", "Allow", "Cache-Control", "Content-Encoding", "Content-Language", "Content-Range", "Content-Type", "Idempotency-Key", "If-Match",
            "If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "Location", "Prefer", "Range", "Retry-After", "Vary", "X-HTTP-Method-Override",
            .. (Environment.GetEnvironmentVariable("AIRWORTHY_RECORD_HEADERS") ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the value of <c>headers</c>; of a name that is secret only the shape.</summary>
    public static void WriteHeaders(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> headers, Redactor redactor)
    {
        json.WriteStartObject("headers");
        foreach (var (name, value) in headers.Where(header => s_kept.Contains(header.Key)).OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
        {
            var kept = value.Length > MostHeader ? value[..MostHeader] : value;
            json.WriteString(name, redactor.IsSecretName(name) ? redactor.Mask(kept, "name") : redactor.Text(kept));
        }

        json.WriteEndObject();
    }

    /// <summary>Path and query, or a form, without the values of secret names.</summary>
    public static string Redacted(string target, Redactor redactor)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? redactor.Text(target) : $"{redactor.Text(target[..question])}?{Pairs(target[(question + 1)..], redactor)}";
    }

    /// <summary>
    /// Writes the value of <c>body</c>: null for none, <c>{json}</c> or <c>{text}</c> for what can be read, else why it was left out.
    /// </summary>
    public static void WriteBody(Utf8JsonWriter json, string? contentType, string? contentEncoding, BoundedCopy? copy, Redactor redactor)
    {
        json.WritePropertyName("body");
        if (copy is null or { Length: 0, Missing: null })
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        if (copy.Missing is { } missing)
        {
            json.WriteString("$unrecorded", missing);
        }
        else if (!string.IsNullOrEmpty(contentEncoding) || !IsText(contentType))
        {
            json.WriteString("$unrecorded", "bytes");
        }
        else if (Json(contentType, copy) is { } document)
        {
            using (document)
            {
                json.WritePropertyName("json");
                RedactedJson.Write(json, document.RootElement, redactor);
            }
        }
        else
        {
            var text = Encoding.UTF8.GetString(copy.Kept.Span);
            json.WriteString("text", IsForm(contentType) ? Pairs(text, redactor) : redactor.Text(text));
        }

        json.WriteEndObject();
    }

    /// <summary>What is special about a body: of JSON the shape of its values, of anything else whether there is any, and how much.</summary>
    public static ulong Shape(string? contentType, BoundedCopy copy)
    {
        using var document = copy.Missing is null ? Json(contentType, copy) : null;
        return document is null ? (ulong)System.Numerics.BitOperations.Log2((ulong)copy.Length + 1) / 4 : ValueShape.Of(document.RootElement);
    }

    /// <summary>Several shapes as one.</summary>
    public static ulong Together(IEnumerable<ulong> shapes) => shapes.Aggregate(0UL, ValueShape.Mix);

    private static JsonDocument? Json(string? contentType, BoundedCopy copy)
    {
        if (contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(copy.Kept);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Pairs(string pairs, Redactor redactor) => string.Join('&', pairs.Split('&').Select(pair =>
    {
        var (name, value) = pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (pair[..at], pair[(at + 1)..]) : (pair, "");
        var plain = Uri.UnescapeDataString(value.Replace('+', ' '));
        var kept = value.Length > 0 && redactor.IsSecretName(Uri.UnescapeDataString(name)) ? redactor.Mask(plain, "name") : redactor.Text(plain);
        return kept == plain ? pair : $"{name}={Uri.EscapeDataString(kept)}";
    }));

    private static bool IsForm(string? contentType) => contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsText(string? contentType) =>
        contentType is not null
        && (contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || IsForm(contentType)
            || contentType.Contains("json", StringComparison.OrdinalIgnoreCase) || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase));
}
