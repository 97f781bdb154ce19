using Airworthy.Journeys.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/evidence</c>: what production showed of each unit of a service.</summary>
internal static class EvidenceApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/evidence", AskAsync)
            .WithSummary("Calls and failures by unit and revision, between two event times")
            .Produces<EvidenceAnswer>();

    private static Task<EvidenceAnswer> AskAsync(
        IServerQueries queries, string? service, string? revision, string? from, string? to, CancellationToken cancel) =>
        queries.EvidenceAsync(
            new EvidenceQuestion(
                Asked.Required("service", service),
                string.IsNullOrEmpty(revision) ? null : revision,
                Asked.Instant("from", from),
                Asked.Instant("to", to)),
            cancel);
}
