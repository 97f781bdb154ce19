using Airworthy.Journeys.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/workflows</c>: what production does that no test does.</summary>
internal static class WorkflowsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workflows", ListAsync)
            .WithSummary("Workflows of production that no test has, ranked")
            .Produces<WorkflowCoverage>();
        api.MapGet("/workflows/{shape}", GetAsync)
            .WithSummary("The workflows that the beginning of a shape's id names")
            .Produces<WorkflowMatches>();
    }

    private static Task<WorkflowCoverage> ListAsync(
        IWorkflowQueries queries, string? service, string? environment, string? tests, string? limit, CancellationToken cancel) =>
        queries.WorkflowsAsync(
            new WorkflowQuestion(Asked.Required("service", service), TextOf(environment), TextOf(tests), Asked.Limit(limit)), cancel);

    private static Task<WorkflowMatches> GetAsync(
        IWorkflowQueries queries, string shape, string? service, string? tests, CancellationToken cancel) =>
        queries.WorkflowAsync(shape, TextOf(service), TextOf(tests), cancel);

    private static string? TextOf(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
