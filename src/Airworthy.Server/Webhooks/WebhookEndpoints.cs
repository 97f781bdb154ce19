using Airworthy.Journeys.Intake;
using Airworthy.Journeys.Releases;
using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Webhooks;

/// <summary><c>POST /hooks/FORMAT</c>: what other tools tell. The answer comes after it is durable; a repeat counts once.</summary>
internal static class WebhookEndpoints
{
    private const int LargestRequest = 4 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/hooks/{format}", ReceiveAsync)
        .WithMetadata(new SignedAttribute(), new NeedsAttribute(AccessScope.Ingest), new RequestSizeLimitAttribute(LargestRequest))
        .WithSummary($"A webhook: {string.Join(", ", WebhookReaders.All.Select(reader => reader.Name))}")
        .Produces<WebhookReceipt>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .DisableAntiforgery();

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, string format, string? service, WebhookFlood flood, WebhookGate gate, ReleaseBook releases, IncidentReports incidents, TimeProvider time, CancellationToken cancel)
    {
        if (WebhookReaders.Named(format) is not { } reader)
        {
            return Problem.Of(StatusCodes.Status404NotFound, $"There is no webhook {format}; there are {string.Join(", ", WebhookReaders.All.Select(one => one.Name))}.");
        }

        if (!flood.Admits(context))
        {
            context.Response.Headers.RetryAfter = "10";
            return Problem.Of(StatusCodes.Status429TooManyRequests, $"Too many webhooks at once for {reader.Name}; send it again in ten seconds.");
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancel);
        var request = new WebhookRequest(
            context.Request.Headers, string.IsNullOrWhiteSpace(service) ? null : service.Trim(), body.GetBuffer().AsMemory(0, (int)body.Length), time.GetUtcNow());
        if (gate.WhyNot(reader, request) is { } reason)
        {
            return Problem.Of(StatusCodes.Status401Unauthorized, reason);
        }

        var content = reader.Read(request);
        return TypedResults.Ok(new WebhookReceipt(
            content.Releases.IsEmpty ? 0 : await releases.RecordAsync(content.Releases, cancel),
            (await incidents.TakeAsync(content.Incidents, cancel)).Count(incident => incident is not null),
            content.Ignored));
    }
}
