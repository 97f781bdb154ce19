using Airworthy.Incidents;
using Airworthy.Model;
using Airworthy.Telemetry.Releases;

namespace Airworthy.Server.Webhooks;

/// <summary>
/// CDEvents 0.3 to 0.5 over CloudEvents, of services: <c>deployed</c>, <c>upgraded</c>, <c>rolledback</c>, <c>published</c>, <c>removed</c>; of
/// incidents: <c>detected</c>, <c>reported</c>, <c>resolved</c>. The
/// specification has no place for a commit, so it is sought in the custom data and in the artifact's package URL.
/// </summary>
internal sealed class CdEventsReader : IWebhookReader
{
    private const string Services = "dev.cdevents.service.";
    private const string IncidentsOf = "dev.cdevents.incident.";

    public string Name => "cdevents";

    /// <summary>None: the specification has no signature.</summary>
    public IEnumerable<string> Signatures(WebhookRequest request) => [];

    public WebhookContent Read(WebhookRequest request)
    {
        var events = CloudEvent.Read(request);
        var content = new WebhookContent
        {
            Releases = [.. events.Select(one => ReleaseOf(one, request)).OfType<Release>()],
            Incidents = [.. events.Select(one => IncidentOf(one, request)).OfType<IncidentReport>()],
        };
        return content.Releases.IsEmpty && content.Incidents.IsEmpty
            ? WebhookContent.Nothing($"{(events.IsEmpty ? "an empty batch" : events[0].Type)} tells nothing that is kept")
            : content;
    }

    private Release? ReleaseOf(CloudEvent told, WebhookRequest request)
    {
        // dev.cdevents.service.deployed.0.3.0
        if (!told.Type.StartsWith(Services, StringComparison.Ordinal) || KindOf(told.Type[Services.Length..].Split('.')[0]) is not { } kind)
        {
            return null;
        }

        var subject = told.Data.At("subject") ?? throw Missing(told, "subject");
        return new Release(
            request.Service ?? subject.Text("id") ?? throw Missing(told, "subject.id"),
            subject.Text("content", "environment", "id") ?? "",
            CdEventVersion.Of(told.Data),
            kind,
            told.Data.Instant("context", "timestamp") ?? told.Time ?? request.Arrival,
            Name);
    }

    private IncidentReport? IncidentOf(CloudEvent told, WebhookRequest request)
    {
        var predicate = told.Type.StartsWith(IncidentsOf, StringComparison.Ordinal) ? told.Type[IncidentsOf.Length..].Split('.')[0] : null;
        if (predicate is not ("detected" or "reported" or "resolved"))
        {
            return null;
        }

        var subject = told.Data.At("subject") ?? throw Missing(told, "subject");
        var key = subject.Text("id") ?? throw Missing(told, "subject.id");
        return new IncidentReport(
            Name,
            key,
            key,
            subject.Text("content", "description") ?? $"incident {key}",
            request.Service ?? subject.Text("content", "service", "id") ?? throw Missing(told, "subject.content.service.id"),
            subject.Text("content", "environment", "id") ?? "",
            CdEventVersion.Of(told.Data),
            Stack: null,
            told.Data.Instant("context", "timestamp") ?? told.Time ?? request.Arrival,
            predicate == "resolved");
    }

    private static ReleaseKind? KindOf(string predicate) => predicate switch
    {
        "deployed" or "upgraded" => ReleaseKind.Deployed,
        "rolledback" => ReleaseKind.RolledBack,
        "published" => ReleaseKind.Published,
        "removed" => ReleaseKind.Removed,
        _ => null,
    };

    private static ServerException Missing(CloudEvent told, string what) => new(Fault.Usage, $"The event {told.Type} has no {what}.");
}
