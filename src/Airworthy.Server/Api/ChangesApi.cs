using Airworthy.Journeys.Probation;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Probation;
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
        api.MapPost("/changes/{repository}/{id}/decisions", DecideAsync)
            .WithSummary("A named person decides where a change stands, with a reason and until a day")
            .Produces<Decision>();
    }

    private static async Task<ChangeList> ListAsync(
        IServerQueries queries,
        string? repository,
        string? state,
        string? authorship,
        string? limit,
        string? agent,
        string? service,
        string? path,
        string? sort,
        CancellationToken cancel) =>
        new(await queries.ChangesAsync(
            new ChangeFilter(
                repository,
                Asked.Word<ChangeState>("state", state),
                Asked.Word<AuthorKind>("authorship", authorship),
                Asked.Limit(limit),
                Asked.Text(agent),
                Asked.Text(service),
                Asked.Text(path),
                sort switch
                {
                    null or "" => false,
                    "exposure" => true,
                    _ => throw new ServerException(Fault.Usage, $"sort={sort} is not known; leave it out or use exposure."),
                }),
            cancel));

    private static Task<Decision> DecideAsync(
        Decisions decisions, string repository, string id, DecisionRequest request, CancellationToken cancel) =>
        decisions.DecideAsync(repository, new ChangeId(id), request, cancel);

    private static async Task<IResult> GetAsync(IServerQueries queries, string repository, string id, CancellationToken cancel) =>
        await queries.ChangeAsync(repository, id, cancel) is { } change
            ? TypedResults.Ok(change)
            : Problem.Of(StatusCodes.Status404NotFound, $"There is no change {id} in repository {repository}.");
}
