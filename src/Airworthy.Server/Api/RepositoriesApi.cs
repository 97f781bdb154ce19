using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/repositories</c>: the repositories the server reads.</summary>
internal static class RepositoriesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/repositories", ListAsync)
            .WithSummary("The repositories the server reads")
            .Produces<RepositoryList>();
        api.MapPost("/repositories", AddAsync)
            .WithSummary("Starts to read a repository: a folder on the server, or a URL to clone")
            .Produces<RepositorySummary>();
    }

    private static async Task<RepositoryList> ListAsync(IServerQueries queries, CancellationToken cancel) =>
        new(await queries.RepositoriesAsync(cancel));

    private static async Task<RepositorySummary> AddAsync(IServerActions actions, RepositoryRequest request, CancellationToken cancel)
    {
        var place = (request.Path, request.Url) switch
        {
            ({ Length: > 0 } path, null) => path,
            (null, { Length: > 0 } url) => url,
            _ => throw new ServerException(Model.Fault.Usage, "Give either \"path\", a folder on the server, or \"url\", to clone."),
        };
        return await actions.AddRepositoryAsync(place, cancel);
    }
}
