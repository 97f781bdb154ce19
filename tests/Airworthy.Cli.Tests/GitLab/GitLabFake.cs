using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Airworthy.Cli.Tests.GitLab;

/// <summary>GitLab's API on a port of this machine, as far as comments of merge request 7 of acme/shop go (https://docs.gitlab.com/api/notes/).</summary>
internal sealed class GitLabFake : ForgeFake
{
    private const int Self = 42;

    private int _ids = 1_000;

    /// <summary>The comments: id, who wrote it, text.</summary>
    public List<(int Id, int By, string Body)> Comments { get; } = [];

    /// <summary>How often anything was written.</summary>
    public int Writes { get; private set; }

    /// <summary>False for a token that may read and not comment.</summary>
    public bool MayComment { get; set; } = true;

    public static Task<GitLabFake> StartAsync() => StartAsync(new GitLabFake());

    protected override (int Status, JsonNode Answer) Answer(HttpRequest request, JsonObject? body)
    {
        if (request.Headers["PRIVATE-TOKEN"] != Token)
        {
            return (401, new JsonObject { ["message"] = "401 Unauthorized" });
        }

        // The project's path is one part, with its slash escaped.
        return Answer(request, request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0], body?["body"]?.GetValue<string>());
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
