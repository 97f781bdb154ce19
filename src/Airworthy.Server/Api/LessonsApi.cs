using Airworthy.Journeys.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/lessons</c>: what incidents taught.</summary>
internal static class LessonsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/lessons", ListAsync)
            .WithSummary("Lessons, newest first")
            .Produces<LessonList>();

    private static async Task<LessonList> ListAsync(IServerQueries queries, string? repository, CancellationToken cancel) =>
        new(await queries.LessonsAsync(repository, cancel));
}
