using System.Text.Json;
using Airworthy.Incidents;
using Airworthy.Journeys.Releases;
using Airworthy.Model;

namespace Airworthy.Server.Webhooks;

/// <summary>
/// Alertmanager's webhook, which Grafana's alerting sends too with more members: every alert of the group is an incident by its fingerprint. The service is
/// named by the address, else by the label <c>service</c> (or <c>service_name</c>, <c>app</c>, <c>job</c>). An alert that fires is seen once for each time it began.
/// </summary>
/// <param name="name"><c>alertmanager</c>, which knows no signature, or <c>grafana</c>.</param>
internal sealed class AlertsReader(string name) : IWebhookReader
{
    private const int MostAlerts = 1_000;

    private static readonly string[] s_services = ["service", "service_name", "app", "app_kubernetes_io_name", "job"];
    private static readonly string[] s_environments = ["deployment_environment_name", "deployment_environment", "environment", "env"];
    private static readonly string[] s_versions = ["vcs_ref_head_revision", "git_commit_sha", "commit", "revision", "service_version", "version"];

    public string Name => name;

    /// <summary>Grafana's, when a secret is set there; Alertmanager has none and shows the token by its <c>http_config</c>.</summary>
    public IEnumerable<string> Signatures(WebhookRequest request) => request.Header("X-Grafana-Alerting-Signature") is { } signature ? [signature] : [];

    /// <summary>Grafana has no name of its own for this header (<em>Timestamp Header</em> of the contact point): these are the names of its documentation.</summary>
    public string? SignedTime(WebhookRequest request) =>
        request.Header("X-Grafana-Alerting-Signature-Timestamp") ?? request.Header("X-Grafana-Alerting-Timestamp");

    public WebhookContent Read(WebhookRequest request)
    {
        if (request.Json().At("alerts") is not { ValueKind: JsonValueKind.Array } alerts)
        {
            throw new ServerException(Fault.Usage, $"The body has no alerts: this is no webhook of {Name}.");
        }

        if (alerts.GetArrayLength() > MostAlerts)
        {
            throw new ServerException(Fault.Usage, $"The body holds more than {MostAlerts} alerts: group them, or set max_alerts.");
        }

        var told = alerts.EnumerateArray().Select(alert => ReportOf(alert, request)).ToList();
        var incidents = told.OfType<IncidentReport>().ToList();
        return incidents.Count > 0 ? new WebhookContent { Incidents = [.. incidents] }
            : WebhookContent.Nothing(told.Count == 0 ? "a group without alerts" : "no alert names its service: give it a label 'service', or add ?service=NAME to the address");
    }

    private IncidentReport? ReportOf(JsonElement alert, WebhookRequest request)
    {
        if ((request.Service ?? Label(alert, s_services)) is not { } service)
        {
            return null;
        }

        var isOver = alert.Text("status") is "resolved";
        var began = alert.Instant("startsAt") ?? request.Arrival;
        var alertName = Label(alert, ["alertname"]) ?? "alert";
        var said = alert.Text("annotations", "summary") ?? alert.Text("annotations", "description") ?? alert.Text("annotations", "message");
        return new IncidentReport(
            Name,
            alert.Text("fingerprint") ?? alertName,
            (alert.Text("startsAt") ?? "") + alert.Text("fingerprint"),
            said is null ? alertName : $"{alertName}: {said}",
            service,
            Label(alert, s_environments) ?? "",
            Label(alert, s_versions) is { } version ? ReleaseBook.VersionOf(version) : ReportedVersion.None,
            Stack: null,
            isOver ? alert.Instant("endsAt") is { Year: > 1 } ended ? ended : request.Arrival : began,
            isOver);
    }

    private static string? Label(JsonElement alert, string[] names)
    {
        foreach (var label in names)
        {
            if ((alert.Text("labels", label) ?? alert.Text("annotations", label)) is { } value)
            {
                return value;
            }
        }

        return null;
    }
}
