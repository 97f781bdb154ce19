using Airworthy.Journeys.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/overview</c>: the state of everything.</summary>
internal static class OverviewApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/overview", (IServerQueries queries, CancellationToken cancel) => queries.OverviewAsync(cancel))
            .WithSummary("The state of everything, the worst first")
            .Produces<Overview>();
}
