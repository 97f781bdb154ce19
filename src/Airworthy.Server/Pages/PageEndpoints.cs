using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Server.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Pages;

/// <summary>The pages: each asks <see cref="IServerQueries"/> and renders the answer on the server.</summary>
internal static class PageEndpoints
{
    private const int Listed = 200;

    // Nothing inline, nothing from elsewhere: a text that slipped through unescaped could still not run.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void Map(WebApplication app)
    {
        app.MapGet("/assets/{digest}/{name}", PageAssets.Answer).ExcludeFromDescription();

        var pages = app.MapGroup("").ExcludeFromDescription().AddEndpointFilter(HardenAsync);
        pages.MapGet("/", async (IServerQueries queries, CancellationToken cancel) =>
            Render<OverviewPage>(new { Overview = await queries.OverviewAsync(cancel) }));
        pages.MapGet("/incidents", async (IServerQueries queries, CancellationToken cancel) =>
            Render<IncidentsPage>(new { Incidents = await queries.IncidentsAsync(Listed, cancel) }));
        pages.MapGet("/incidents/{id}", async (string id, IServerQueries queries, CancellationToken cancel) =>
            await queries.IncidentAsync(id, cancel) is { } incident
                ? Render<IncidentPage>(new { Detail = incident })
                : NotFound($"There is no incident {id}", "/incidents"));
        pages.MapGet("/changes", ChangesAsync);
        pages.MapGet("/changes/{repository}/{id}", async (string repository, string id, IServerQueries queries, CancellationToken cancel) =>
            await queries.ChangeAsync(repository, id, cancel) is { } change
                ? Render<ChangePage>(new { Detail = change })
                : NotFound($"There is no change {id} in {repository}", "/changes"));
        pages.MapGet("/lessons", async (IServerQueries queries, CancellationToken cancel) =>
            Render<LessonsPage>(new { Lessons = await queries.LessonsAsync(null, cancel) }));
        pages.MapGet("/services", async (IServerQueries queries, CancellationToken cancel) => Render<ServicesPage>(new
        {
            Services = await queries.ServicesAsync(null, cancel),
            Repositories = await queries.RepositoriesAsync(cancel),
        }));

        // A form of another site is refused by the origin gate before it comes here.
        pages.MapPost("/services/claims", ConfirmAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ChangesAsync(
        string? state,
        string? authorship,
        string? agent,
        string? service,
        string? path,
        string? sort,
        IServerQueries queries,
        CancellationToken cancel)
    {
        var filter = new ChangeFilter(
            State: Parse<ChangeState>(state),
            Authorship: Parse<AuthorKind>(authorship),
            Limit: Listed,
            Agent: Asked.Text(agent),
            Service: Asked.Text(service),
            Path: Asked.Text(path),
            ByExposure: sort == "exposure");
        return Render<ChangesPage>(new { Filter = filter, Changes = await queries.ChangesAsync(filter, cancel) });
    }

    private static async Task<IResult> ConfirmAsync(
        [FromForm] string service, [FromForm] string repository, IServerActions actions, CancellationToken cancel)
    {
        await actions.ConfirmClaimAsync(service, repository, cancel);
        return Results.Redirect("/services", preserveMethod: false);
    }

    private static async ValueTask<object?> HardenAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var headers = invocation.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return await next(invocation) is IResult page ? new InertPage(page) : null;
    }

    private static IResult NotFound(string what, string section)
    {
        var page = new RazorComponentResult<NotFoundPage>(new { What = what, Section = section }) { StatusCode = StatusCodes.Status404NotFound };
        return page;
    }

    private static IResult Render<TPage>(object parameters)
        where TPage : IComponent => new RazorComponentResult<TPage>(parameters);

    private static T? Parse<T>(string? value)
        where T : struct, Enum => Enum.TryParse<T>(value, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
}
