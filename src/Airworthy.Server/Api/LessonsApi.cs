using Airworthy.Journeys.Lessons;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/lessons</c>: what incidents taught.</summary>
internal static class LessonsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/lessons", ListAsync)
            .WithSummary("Lessons, newest first")
            .Produces<LessonList>();
        api.MapPost("/lessons/{id}", ChangeAsync)
            .WithSummary("A named person edits a lesson, accepts it or retires it")
            .Produces<LessonSummary>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ChangeAsync(LessonDesk desk, IServerQueries queries, string id, LessonEdit edit, CancellationToken cancel) =>
        await desk.ChangeAsync(new LessonId(id), edit, cancel) is { } changed
            ? TypedResults.Ok((await queries.LessonsAsync(changed.Repository, cancel)).First(lesson => lesson.Id == id))
            : Problem.Of(StatusCodes.Status404NotFound, $"There is no lesson {id}.");

    private static async Task<LessonList> ListAsync(IServerQueries queries, string? repository, CancellationToken cancel) =>
        new(await queries.LessonsAsync(repository, cancel));
}
