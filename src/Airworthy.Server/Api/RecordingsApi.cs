using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Recordings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/recordings</c>: what services are asked to record.</summary>
internal static class RecordingsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/recordings/wanted", WantedAsync)
            .WithSummary("Methods of unproven changes whose calls a service is asked to record")
            .Produces<WantedRecordings>();

    private static Task<WantedRecordings> WantedAsync(IServerQueries queries, string? service, CancellationToken cancel) =>
        WantedRecordings.OfAsync(queries, Asked.Required("service", service), cancel);
}
