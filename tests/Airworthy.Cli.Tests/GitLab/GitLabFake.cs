using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Airworthy.Cli.Tests.GitLab;

/// <summary>GitLab's API on a port of this machine, as far as comments of merge request 7 of acme/shop go (https://docs.gitlab.com/api/notes/).</summary>
internal sealed class GitLabFake : IAsyncDisposable
{
    public const string Token = "a-token";

    private const int Self = 42;

    private readonly WebApplication _app;
    private int _ids = 1_000;

    private GitLabFake(WebApplication app) => _app = app;

    /// <summary>Where it answers.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>The comments: id, who wrote it, text.</summary>
    public List<(int Id, int By, string Body)> Comments { get; } = [];

    /// <summary>How often anything was written.</summary>
    public int Writes { get; private set; }

    /// <summary>False for a token that may read and not comment.</summary>
    public bool MayComment { get; set; } = true;

    public static async Task<GitLabFake> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var fake = new GitLabFake(builder.Build());
        fake._app.Run(fake.AnswerAsync);
        await fake._app.StartAsync(TestContext.Current.CancellationToken);
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var body = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0 ? await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) : null;
        // The project's path is one part, with its slash escaped.
        var path = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var (status, answer) = context.Request.Headers["PRIVATE-TOKEN"] != Token ? (401, new JsonObject { ["message"] = "401 Unauthorized" }) : Answer(context.Request, path, body?["body"]?.GetValue<string>());
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    private (int Status, JsonNode Answer) Answer(HttpRequest request, string path, string? body)
    {
        const string notes = "/api/v4/projects/acme%2Fshop/merge_requests/7/notes";
        switch (request.Method, path)
        {
            case ("GET", "/api/v4/user"):
                return (200, new JsonObject { ["id"] = Self, ["username"] = "airworthy" });
            case ("GET", notes):
                var (page, size) = (int.Parse(request.Query["page"]!, null), int.Parse(request.Query["per_page"]!, null));
                return (200, new JsonArray([.. Comments.Skip((page - 1) * size).Take(size).Select(Note)]));
            case ("POST" or "PUT", _) when !MayComment:
                return (403, new JsonObject { ["message"] = "403 Forbidden" });
            case ("POST", notes) when body is { Length: > 0 }:
                Writes++;
                Comments.Add((_ids++, Self, body));
                return (201, Note(Comments[^1]));
            case ("PUT", _) when path.StartsWith(notes + "/", StringComparison.Ordinal) && body is { Length: > 0 } && Comments.FindIndex(one => path.EndsWith($"/{one.Id}", StringComparison.Ordinal)) is var at and >= 0:
                Writes++;
                Comments[at] = Comments[at] with { Body = body };
                return (200, Note(Comments[at]));
            default:
                return (404, new JsonObject { ["message"] = "404 Not found" });
        }
    }

    private static JsonNode Note((int Id, int By, string Body) comment) =>
        new JsonObject { ["id"] = comment.Id, ["body"] = comment.Body, ["author"] = new JsonObject { ["id"] = comment.By }, ["system"] = false };
}
