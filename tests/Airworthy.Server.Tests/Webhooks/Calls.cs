using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Server.Tests.Webhooks;

/// <summary>Calls of webhooks as other tools make them.</summary>
internal static class Calls
{
    public static async Task<HttpResponseMessage> CallAsync(
        this ServerUnderTest server, string path, string body, string type = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body, MediaTypeHeaderValue.Parse(type)),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await server.Http.SendAsync(request, Xunit.TestContext.Current.CancellationToken);
    }

    public static string Sign(string secret, string body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    public static string GitHubStatus(string sha, string state = "success", string task = "deploy", string at = "2026-05-04T10:00:00Z") =>
        $$"""
        {
          "action": "created",
          "deployment_status": { "state": "{{state}}", "environment": "production", "created_at": "{{at}}" },
          "deployment": { "sha": "{{sha}}", "ref": "main", "task": "{{task}}", "payload": { "service": "shop" }, "environment": "production" },
          "repository": { "name": "shop-repository", "full_name": "acme/shop-repository" }
        }
        """;

    /// <summary>A CDEvent of a service; <paramref name="content"/> is what its content has beside the environment.</summary>
    public static string CdEvent(string predicate, string content) =>
        $$"""
        {
          "context": {
            "specversion": "0.5.1", "id": "1", "source": "/cd", "type": "dev.cdevents.service.{{predicate}}.0.3.0", "timestamp": "2026-05-04T10:00:00Z"
          },
          "subject": { "id": "shop", "source": "/cd", "content": { "environment": { "id": "production" } {{content}} } }
        }
        """;
}
