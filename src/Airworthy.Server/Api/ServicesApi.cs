using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Services;
using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/services</c>: what arrived of each service, what is missing, and whose code it runs.</summary>
internal static class ServicesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/services", ListAsync)
            .WithSummary("What arrived of each service and what is missing")
            .Produces<ServiceList>();
        api.MapGet("/services/{name}", GetAsync)
            .WithSummary("What arrived of one service and what is missing")
            .Produces<ServiceDiagnosis>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/services/{name}/claims", ConfirmAsync)
            .WithSummary("The operator confirms that a service runs a repository's code")
            .Produces(StatusCodes.Status204NoContent);
        api.MapPost("/services/{name}/mappings", MapAsync)
            .WithSummary("The operator says which commit a version is, or which folder paths begin with")
            .Produces<MappingSummary>();
    }

    private static async Task<ServiceList> ListAsync(IServerQueries queries, CancellationToken cancel) =>
        new(await queries.ServicesAsync(service: null, cancel));

    private static async Task<IResult> GetAsync(IServerQueries queries, string name, CancellationToken cancel)
    {
        var found = await queries.ServicesAsync(name, cancel);
        return found.Count > 0
            ? TypedResults.Ok(found[0])
            : Problem.Of(StatusCodes.Status404NotFound, $"Nothing has arrived of a service named {name}.");
    }

    private static async Task<MappingSummary> MapAsync(
        IServerQueries queries, ServiceMappings mappings, string name, MappingRequest request, CancellationToken cancel)
    {
        var versions = (await queries.ServicesAsync(name, cancel)).SelectMany(service => service.Versions);
        var before = versions.FirstOrDefault(version => string.Equals(version.Version, request.Version, StringComparison.Ordinal))?.Revision;
        return await mappings.MapAsync(name, request, before is { Degraded: false } ? before.Sha : null, cancel);
    }

    private static async Task<IResult> ConfirmAsync(IServerActions actions, string name, ClaimRequest claim, CancellationToken cancel)
    {
        await actions.ConfirmClaimAsync(name, claim.Repository, cancel);
        return TypedResults.NoContent();
    }
}
