using System.Text.Json;

namespace Airworthy.Alerts;

/// <summary>Writes a happening as Slack's incoming webhooks, and those that take the same, read it. What comes from elsewhere can't mention anyone nor link.</summary>
public static class SlackMessage
{
    private const int Longest = 500;

    /// <summary>The message.</summary>
    /// <param name="happening">What happened.</param>
    /// <param name="source">Which server tells; a change is linked to its page there.</param>
    public static byte[] Write(Happening happening, Uri source)
    {
        using var body = JsonDocument.Parse(happening.Body);
        var title = Text(body.RootElement, "title") ?? happening.Subject;
        var reason = Text(body.RootElement, "reason");
        var isChange = happening.Type.StartsWith("change.", StringComparison.Ordinal);
        var page = isChange && happening.Subject.Split('/') is [.., _, _]
            ? new Uri(source, $"changes/{Uri.EscapeDataString(happening.Subject[..happening.Subject.LastIndexOf('/')])}/{happening.Subject[(happening.Subject.LastIndexOf('/') + 1)..]}").AbsoluteUri
            : source.AbsoluteUri;
        var text = $"*{Plain(happening.Type.Split('.')[^1].Replace('-', ' '))}* <{page}|{Plain(happening.Subject)}>: {Plain(title)}"
            + (reason is null ? "" : $"\n{Plain(reason)}");
        return JsonSerializer.SerializeToUtf8Bytes(new { text });
    }

    /// <summary>Slack's three control characters, escaped; marks of format dropped.</summary>
    private static string Plain(string text)
    {
        var bounded = text.Length <= Longest ? text : text[..Longest] + "…";
        return bounded
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("*", "", StringComparison.Ordinal)
            .Replace("`", "'", StringComparison.Ordinal)
            .Replace("|", "¦", StringComparison.Ordinal);
    }

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
