using Airworthy.Journeys.Releases;
using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/deployments</c> takes what pipelines tell, <c>/api/releases</c> answers which version came when.</summary>
internal static class ReleasesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/deployments", (IReleases releases, DeploymentRequest request, CancellationToken cancel) => releases.DeployedAsync(request, cancel))
            .WithMetadata(new NeedsAttribute(AccessScope.Ingest))
            .WithSummary("A pipeline tells that a version of a service was deployed, or that it was rolled back to it")
            .Produces<ReleaseSummary>();
        api.MapGet("/releases", ListAsync)
            .WithSummary("Which version of a service came when, the latest first")
            .Produces<ReleaseList>();
    }

    private static async Task<ReleaseList> ListAsync(IReleases releases, string? service, string? limit, CancellationToken cancel) =>
        new(await releases.ReleasesAsync(string.IsNullOrEmpty(service) ? null : service, Asked.Limit(limit), cancel));
}
