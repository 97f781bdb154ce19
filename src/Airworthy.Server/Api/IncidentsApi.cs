using Airworthy.Journeys.Intake;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/incidents</c>: what broke, and which change did it.</summary>
internal static class IncidentsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents", ListAsync)
            .WithSummary("Incidents, the one seen last first")
            .Produces<IncidentList>();
        api.MapGet("/incidents/{id}", GetAsync)
            .WithSummary("One incident with its trace, suspects and lesson")
            .Produces<IncidentDetail>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/incidents", OpenAsync)
            .WithSummary("Tell of something broken: a stack trace or a symptom, the service, what ran and when")
            .Produces<IncidentOpened>();
        api.MapPost("/incidents/{id}/proof", ProveAsync)
            .WithSummary("Keep the proof of an experiment: the first bad commit, as 'airworthy bisect' finds it")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IncidentOpened> OpenAsync(IncidentReports reports, IncidentRequest request, CancellationToken cancel) =>
        new((await reports.OpenAsync(request, cancel)).Value);

    private static async Task<IResult> ProveAsync(Proofs proofs, string id, ProofRequest request, CancellationToken cancel)
    {
        await proofs.ProveAsync(new IncidentId(id), request, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<IncidentList> ListAsync(IServerQueries queries, string? limit, CancellationToken cancel) =>
        new(await queries.IncidentsAsync(Asked.Limit(limit), cancel));

    private static async Task<IResult> GetAsync(IServerQueries queries, string id, CancellationToken cancel) =>
        await queries.IncidentAsync(id, cancel) is { } incident
            ? TypedResults.Ok(incident)
            : Problem.Of(StatusCodes.Status404NotFound, $"There is no incident {id}.");
}
