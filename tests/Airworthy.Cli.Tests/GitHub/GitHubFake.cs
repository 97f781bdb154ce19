using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Airworthy.Cli.Tests.GitHub;

/// <summary>
/// GitHub's API on a port of this machine, as far as comments and checks go. A request that does not have the shape that GitHub's public OpenAPI
/// description asks for is answered with 422, as GitHub does, and told in <see cref="Refused"/>.
/// </summary>
internal sealed class GitHubFake : ForgeFake
{
    private int _ids = 100;

    /// <summary>Comments by pull request or issue: id, who wrote it, text.</summary>
    public Dictionary<int, List<(int Id, string By, string Body)>> Comments { get; } = [];

    /// <summary>Checks, as they were created or updated last.</summary>
    public List<JsonObject> Checks { get; } = [];

    /// <summary>Requests that are not of GitHub's shape.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>How often anything was written.</summary>
    public int Writes { get; private set; }

    /// <summary>The text of the pull request of every commit.</summary>
    public string RequestBody { get; set; } = "";

    /// <summary>False for a token that may not create checks, as a person's may not.</summary>
    public bool MayCheck { get; set; } = true;

    public static Task<GitHubFake> StartAsync() => StartAsync(new GitHubFake());

    protected override (int Status, JsonNode Answer) Answer(HttpRequest request, JsonObject? body)
    {
        if (request.Headers.Authorization.ToString() is not ($"Bearer {Token}" or $"Token {Token}"))
        {
            return (401, new JsonObject { ["message"] = "Bad credentials" });
        }

        Writes += request.Method == "GET" ? 0 : 1;
        return Answer(request.Method, request.Path.Value!.Replace("/api/v3", "", StringComparison.Ordinal).Trim('/').Split('/'), body);
    }

    private (int Status, JsonNode Answer) Answer(string method, string[] parts, JsonObject? body) => (method, parts) switch
    {
        ("GET", ["repos", "acme", "shop", "commits", _, "pulls"]) => (200, new JsonArray(new JsonObject { ["number"] = 12, ["body"] = RequestBody, ["state"] = "closed" })),
        ("GET", ["repos", "acme", "shop", "issues", var number, "comments"]) => (200, new JsonArray([.. Of(number).Select(Comment)])),
        ("POST", ["repos", "acme", "shop", "issues", var number, "comments"]) => Create(number, body),
        ("PATCH", ["repos", "acme", "shop", "issues", "comments", var id]) => Update(Number(id), body),
        ("GET", ["repos", "acme", "shop", "commits", var sha, "check-runs"]) =>
            (200, new JsonObject { ["total_count"] = Checks.Count, ["check_runs"] = new JsonArray([.. Checks.Where(check => (string?)check["head_sha"] == sha).Select(check => check.DeepClone())]) }),
        ("POST", ["repos", "acme", "shop", "check-runs"]) => Check(body, id: null),
        ("PATCH", ["repos", "acme", "shop", "check-runs", var id]) => Check(body, Number(id)),
        _ => (404, new JsonObject { ["message"] = "Not Found" }),
    };

    private (int Status, JsonNode Answer) Create(string number, JsonObject? body)
    {
        if (Wrong(body, ("body", 65_536, true)) is { } wrong)
        {
            return wrong;
        }

        var comment = (_ids++, "airworthy", (string)body!["body"]!);
        Of(number).Add(comment);
        return (201, Comment(comment));
    }

    private (int Status, JsonNode Answer) Update(int id, JsonObject? body)
    {
        if (Wrong(body, ("body", 65_536, true)) is { } wrong)
        {
            return wrong;
        }

        var comments = Comments.Values.First(list => list.Exists(comment => comment.Id == id));
        var at = comments.FindIndex(comment => comment.Id == id);
        if (comments[at].By != "airworthy")
        {
            return (403, new JsonObject { ["message"] = "Resource not accessible by integration" });
        }

        comments[at] = comments[at] with { Body = (string)body!["body"]! };
        return (200, Comment(comments[at]));
    }

    private (int Status, JsonNode Answer) Check(JsonObject? body, int? id)
    {
        if (!MayCheck)
        {
            return (403, new JsonObject { ["message"] = "Resource not accessible by personal access token" });
        }

        var wrong = id is null ? Wrong(body, ("name", 255, true), ("head_sha", 40, true), ("external_id", 255, false)) : Wrong(body, ("name", 255, false), ("external_id", 255, false));
        wrong ??= OneOf(body!, "status", "queued", "in_progress", "completed", "waiting", "requested", "pending")
            ?? OneOf(body!, "conclusion", "action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out")
            ?? Wrong(body!["output"] as JsonObject, ("title", 65_535, true), ("summary", 65_535, true), ("text", 65_535, false));
        var actions = (body!["actions"] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        wrong ??= actions.Count > 3 ? Wrong("more than 3 actions") : actions.Select(action => Wrong(action, ("label", 20, true), ("description", 40, true), ("identifier", 20, true))).FirstOrDefault(problem => problem is not null);
        if (wrong is { } refused)
        {
            return refused;
        }

        var check = id is null ? new JsonObject { ["id"] = _ids++ } : Checks.First(known => (int)known["id"]! == id);
        foreach (var (name, value) in body)
        {
            check[name] = value?.DeepClone();
        }

        if (id is null)
        {
            Checks.Add(check);
        }

        return (id is null ? 201 : 200, check.DeepClone());
    }

    private List<(int Id, string By, string Body)> Of(string number)
    {
        if (!Comments.TryGetValue(Number(number), out var list))
        {
            Comments[Number(number)] = list = [];
        }

        return list;
    }

    private static JsonObject Comment((int Id, string By, string Body) comment) =>
        new() { ["id"] = comment.Id, ["body"] = comment.Body, ["user"] = new JsonObject { ["login"] = comment.By, ["id"] = 1 } };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private (int Status, JsonNode Answer)? OneOf(JsonObject body, string name, params string[] allowed) =>
        body[name] is null || (body[name]!.GetValueKind() == JsonValueKind.String && allowed.Contains((string)body[name]!, StringComparer.Ordinal)) ? null : Wrong($"{name} is none of its values");

    private (int Status, JsonNode Answer)? Wrong(JsonObject? body, params (string Name, int Longest, bool IsRequired)[] fields)
    {
        foreach (var (name, longest, isRequired) in fields)
        {
            var value = body?[name];
            if (value is null ? isRequired : value.GetValueKind() != JsonValueKind.String || ((string)value!).Length > longest || (isRequired && ((string)value!).Length == 0))
            {
                return Wrong($"{name} is missing, no string, or longer than {longest}");
            }
        }

        return null;
    }

    private (int Status, JsonNode Answer) Wrong(string problem)
    {
        Refused.Add(problem);
        return (422, new JsonObject { ["message"] = "Validation Failed", ["errors"] = new JsonArray(problem) });
    }
}
