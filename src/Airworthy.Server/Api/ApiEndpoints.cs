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
        IncidentsApi.Map(api);
        LessonsApi.Map(api);
        EvidenceApi.Map(api);
        ServicesApi.Map(api);
        RepositoriesApi.Map(api);
        EventsApi.Map(api);
        api.Map("/{**rest}", (HttpContext context) =>
                Problem.Of(StatusCodes.Status404NotFound, $"There is no {context.Request.Path}; /openapi/v1.json lists what there is."))
            .ExcludeFromDescription();
        app.MapOpenApi();
    }
}
