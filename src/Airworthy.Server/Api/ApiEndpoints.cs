using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary>The JSON API under <c>/api</c>, described at <c>/openapi/v1.json</c>.</summary>
internal static class ApiEndpoints
{
    private const long LargestRequest = 64 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api")
            .WithMetadata(new RequestSizeLimitAttribute(LargestRequest))
            .ProducesProblem(StatusCodes.Status400BadRequest);
        OverviewApi.Map(api);
        ChangesApi.Map(api);
        RolloutApi.Map(api);
        AlertsApi.Map(api);
        IncidentsApi.Map(api);
        LessonsApi.Map(api);
        CodeApi.Map(api);
        EvidenceApi.Map(api);
        WorkflowsApi.Map(api);
        RecordingsApi.Map(api);
        ServicesApi.Map(api);
        RepositoriesApi.Map(api);
        ReleasesApi.Map(api);
        EventsApi.Map(api);
        app.MapOpenApi();
    }

    /// <summary>Says so where the API has no such path, as the API says everything: in problem details.</summary>
    public static Task AnswerUnknownAsync(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint() is null && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? Problem.WriteAsync(
                context, StatusCodes.Status404NotFound, $"There is no {context.Request.Path}; /openapi/v1.json lists what there is.")
            : next(context);
}
