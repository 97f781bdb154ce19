using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/changes</c>: changes and where each stands.</summary>
internal static class ChangesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/changes", ListAsync)
            .WithSummary("Changes, suspects first, then the newest")
            .Produces<ChangeList>();
        api.MapGet("/changes/{repository}/{id}", GetAsync)
            .WithSummary("One change, by its id or the id of one of its commits")
            .Produces<ChangeDetail>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<ChangeList> ListAsync(
        IServerQueries queries, string? repository, string? state, string? authorship, string? limit, CancellationToken cancel) =>
        new(await queries.ChangesAsync(
            new ChangeFilter(
                repository, Asked.Word<ChangeState>("state", state), Asked.Word<AuthorKind>("authorship", authorship), Asked.Limit(limit)),
            cancel));

    private static async Task<IResult> GetAsync(IServerQueries queries, string repository, string id, CancellationToken cancel) =>
        await queries.ChangeAsync(repository, id, cancel) is { } change
            ? TypedResults.Ok(change)
            : Problem.Of(StatusCodes.Status404NotFound, $"There is no change {id} in repository {repository}.");
}
