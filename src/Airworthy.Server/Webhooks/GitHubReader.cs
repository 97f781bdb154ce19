using Airworthy.Journeys.Releases;
using Airworthy.Model;
using Airworthy.Telemetry.Releases;

namespace Airworthy.Server.Webhooks;

/// <summary>
/// GitHub's <c>deployment_status</c>: a status of <c>success</c> says that the commit runs. The service is named by the address, by
/// <c>"service"</c> in the deployment's own payload, or else is the repository's name. A deployment whose task is <c>rollback</c>, or whose payload
/// says <c>"rollback": true</c>, brought the service back to its commit.
/// </summary>
internal sealed class GitHubReader : IWebhookReader
{
    private const string Prefix = "sha256=";

    public string Name => "github";

    public IEnumerable<string> Signatures(WebhookRequest request) =>
        request.Header("X-Hub-Signature-256") is { } signature && signature.StartsWith(Prefix, StringComparison.Ordinal) ? [signature[Prefix.Length..]] : [];

    public WebhookContent Read(WebhookRequest request)
    {
        var kind = request.Header("X-GitHub-Event") ?? throw new ServerException(Fault.Usage, "X-GitHub-Event is missing: this is no webhook of GitHub.");
        var json = request.Json();
        if (kind != "deployment_status")
        {
            return WebhookContent.Nothing(kind == "deployment" ? "a deployment counts once its status is success" : $"the event {kind} tells nothing that is kept");
        }

        if (json.Text("deployment_status", "state") is not "success")
        {
            return WebhookContent.Nothing($"the deployment's status is {json.Text("deployment_status", "state") ?? "not told"}, not success");
        }

        var deployment = json.At("deployment") ?? throw Missing("deployment");
        var service = request.Service ?? deployment.Text("payload", "service") ?? json.Text("repository", "name") ?? throw Missing("repository.name");
        var isRollback = deployment.Text("task") is "rollback" or "deploy:rollback" || deployment.At("payload", "rollback") is { ValueKind: System.Text.Json.JsonValueKind.True };
        return new WebhookContent
        {
            Releases =
            [
                new Release(
                    service,
                    json.Text("deployment_status", "environment") ?? deployment.Text("environment") ?? "",
                    ReleaseBook.VersionOf(deployment.Text("sha") ?? throw Missing("deployment.sha")),
                    isRollback ? ReleaseKind.RolledBack : ReleaseKind.Deployed,
                    json.Instant("deployment_status", "created_at") ?? request.Arrival,
                    Name),
            ],
        };
    }

    private static ServerException Missing(string what) => new(Fault.Usage, $"The body has no {what}: this is no deployment_status of GitHub.");
}
