using Airworthy.Alerts;
using Airworthy.Journeys.Probation;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary>Who is told of what happens, and what people have seen or want to hear no more of.</summary>
internal static class AlertsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/webhooks", async (IAlertStore alerts, CancellationToken cancel) => new WebhookList(await alerts.SummariesAsync(cancel)))
            .WithSummary("How telling each webhook goes");
        api.MapPost("/webhooks/{target}/retry", async (IAlertStore alerts, string target, CancellationToken cancel) => new WebhookRetry(await alerts.RetryAsync(target, cancel)))
            .WithSummary("Tries again what was given up");
        api.MapPost("/changes/{repository}/{id}/acknowledgements", (AlertNotes notes, string repository, string id, AcknowledgementRequest request, CancellationToken cancel) =>
                notes.AcknowledgeAsync(repository, new ChangeId(id), request, cancel))
            .WithSummary("A named person has seen that a change is suspect: no more reminders")
            .Produces<Acknowledgement>();
        api.MapGet("/silences", async (IAlertStore alerts, CancellationToken cancel) => new SilenceList(await alerts.SilencesAsync(cancel)))
            .WithSummary("Of what nobody is told now");
        api.MapPost("/silences", (AlertNotes notes, SilenceRequest request, CancellationToken cancel) => notes.SilenceAsync(request, cancel))
            .WithSummary("Nobody is told of a change, a repository or a service until a time")
            .Produces<Silence>();
    }

    /// <summary>The API's answer that lists webhooks.</summary>
    internal sealed record WebhookList(IReadOnlyList<DeliverySummary> Webhooks);

    /// <summary>How many deliveries are tried again.</summary>
    internal sealed record WebhookRetry(int Retried);

    /// <summary>The API's answer that lists silences.</summary>
    internal sealed record SilenceList(IReadOnlyList<Silence> Silences);
}
