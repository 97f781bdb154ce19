using Airworthy.Incidents;
using Airworthy.Model;

namespace Airworthy.Server.Webhooks;

/// <summary>
/// PagerDuty's webhooks of version 3: incidents that are triggered, reopened and resolved. <c>X-PagerDuty-Signature</c> may show several signatures while a
/// secret is changed. The service is named by the address, else it is the name of PagerDuty's service.
/// </summary>
internal sealed class PagerDutyReader : IWebhookReader
{
    private const string Version = "v1=";

    public string Name => "pagerduty";

    public IEnumerable<string> Signatures(WebhookRequest request) =>
        (request.Header("X-PagerDuty-Signature") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(signature => signature.StartsWith(Version, StringComparison.Ordinal))
            .Select(signature => signature[Version.Length..]);

    public WebhookContent Read(WebhookRequest request)
    {
        var json = request.Json();
        var kind = json.Text("event", "event_type") ?? throw new ServerException(Fault.Usage, "The body has no event.event_type: this is no webhook of PagerDuty, version 3.");
        if (kind is not ("incident.triggered" or "incident.reopened" or "incident.unacknowledged" or "incident.resolved"))
        {
            return WebhookContent.Nothing($"the event {kind} tells nothing that is kept");
        }

        var id = json.Text("event", "data", "id") ?? throw new ServerException(Fault.Usage, "The body has no event.data.id: this is no incident of PagerDuty.");
        if ((request.Service ?? json.Text("event", "data", "service", "summary")) is not { } service)
        {
            return WebhookContent.Nothing("the incident names no service: add ?service=NAME to the address");
        }

        return new WebhookContent
        {
            Incidents =
            [
                new IncidentReport(
                    Name,
                    id,
                    $"{id} {(kind is "incident.triggered" ? "" : json.Text("event", "id"))}",
                    json.Text("event", "data", "title") ?? $"incident {id}",
                    service,
                    Environment: "",
                    ReportedVersion.None,
                    Stack: null,
                    json.Instant("event", "occurred_at") ?? request.Arrival,
                    kind == "incident.resolved"),
            ],
        };
    }
}
