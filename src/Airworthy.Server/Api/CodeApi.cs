using Airworthy.Journeys.Queries;
using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/code</c>: what is known of one file.</summary>
internal static class CodeApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/code", GetAsync)
            .WithSummary("What runs of a file, what broke through it, and what that taught")
            .Produces<CodeRecord>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> GetAsync(IServerQueries queries, string? repository, string? path, CancellationToken cancel)
    {
        var name = Asked.Required("repository", repository);
        return await queries.CodeAsync(name, Asked.Required("path", path), cancel) is { } record
            ? TypedResults.Ok(record)
            : Problem.Of(StatusCodes.Status404NotFound, $"There is no repository {name}.");
    }
}
