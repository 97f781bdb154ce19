using System.Globalization;
using System.Text.Json;
using Airworthy.Incidents;
using Airworthy.Journeys.Releases;
using Airworthy.Model;

namespace Airworthy.Server.Webhooks;

/// <summary>
/// Opsgenie's webhook of alerts: created, and closed. It signs nothing, so it shows the server's token in a custom header. The service is named by the
/// address, else by a tag <c>service:NAME</c>, else it is the alert's entity; a tag <c>version:…</c> or <c>commit:…</c> names what ran.
/// </summary>
internal sealed class OpsgenieReader : IWebhookReader
{
    public string Name => "opsgenie";

    public IEnumerable<string> Signatures(WebhookRequest request) => [];

    public WebhookContent Read(WebhookRequest request)
    {
        var json = request.Json();
        var action = json.Text("action") ?? throw new ServerException(Fault.Usage, "The body has no action: this is no webhook of Opsgenie.");
        if (action is not ("Create" or "Close" or "Delete"))
        {
            return WebhookContent.Nothing($"the action {action} tells nothing that is kept");
        }

        var id = json.Text("alert", "alias") ?? json.Text("alert", "alertId") ?? throw new ServerException(Fault.Usage, "The body has no alert.alertId: this is no alert of Opsgenie.");
        if ((request.Service ?? Tag(json, "service") ?? json.Text("alert", "entity")) is not { } service)
        {
            return WebhookContent.Nothing("the alert names no service: tag it service:NAME, or add ?service=NAME to the address");
        }

        var isOver = action != "Create";
        return new WebhookContent
        {
            Incidents =
            [
                new IncidentReport(
                    Name,
                    id,
                    json.Text("alert", "alertId") ?? id,
                    json.Text("alert", "message") ?? $"alert {id}",
                    service,
                    Tag(json, "environment") ?? Tag(json, "env") ?? "",
                    (Tag(json, "commit") ?? Tag(json, "version")) is { } version ? ReleaseBook.VersionOf(version) : ReportedVersion.None,
                    Stack: null,
                    Time(json.At("alert", isOver ? "updatedAt" : "createdAt")) ?? request.Arrival,
                    isOver),
            ],
        };
    }

    private static string? Tag(JsonElement json, string name)
    {
        if (json.At("alert", "tags") is not { ValueKind: JsonValueKind.Array } tags)
        {
            return null;
        }

        var prefix = name + ":";
        return tags.EnumerateArray().Take(100).Where(tag => tag.ValueKind == JsonValueKind.String).Select(tag => tag.Text())
            .FirstOrDefault(tag => tag?.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) == true && tag.Length > prefix.Length)?[prefix.Length..].Trim();
    }

    /// <summary>Milliseconds since 1970, or, of closes, nanoseconds.</summary>
    private static DateTimeOffset? Time(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var at) && at > 0
            ? DateTimeOffset.UnixEpoch.AddMilliseconds(at > 100_000_000_000_000 ? at / 1_000_000 : at)
            : value is { ValueKind: JsonValueKind.String } text && long.TryParse(text.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out _) is false ? value.Value.Instant() : null;
}
