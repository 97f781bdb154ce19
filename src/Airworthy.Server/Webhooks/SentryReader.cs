using System.Globalization;
using System.Text;
using System.Text.Json;
using Airworthy.Incidents;
using Airworthy.Model;

namespace Airworthy.Server.Webhooks;

/// <summary>
/// Sentry's webhooks: event alerts with their stack trace, and issues that are created, resolved or come back. The service is named by the address, else it
/// is the project's slug. The release is the version. <c>sentry-hook-signature</c> signs the body.
/// </summary>
internal sealed class SentryReader : IWebhookReader
{
    private const int MostFrames = 500;

    public string Name => "sentry";

    public IEnumerable<string> Signatures(WebhookRequest request) => request.Header("Sentry-Hook-Signature") is { } signature ? [signature] : [];

    public WebhookContent Read(WebhookRequest request)
    {
        var json = request.Json();
        var action = json.Text("action") ?? throw new ServerException(Fault.Usage, "The body has no action: this is no webhook of Sentry.");
        var report = json.At("data", "event") is { } seen ? OfEvent(seen, request)
            : json.At("data", "issue") is { } issue && action is "created" or "resolved" or "unresolved" ? OfIssue(issue, action, request)
            : null;
        return report is null ? WebhookContent.Nothing($"the action {action} tells nothing that is kept")
            : report.Service.Length == 0 ? WebhookContent.Nothing("the project is not named: add ?service=NAME to the address")
            : new WebhookContent { Incidents = [report] };
    }

    private IncidentReport OfEvent(JsonElement seen, WebhookRequest request)
    {
        var stack = Stack(seen);
        var title = seen.Text("title") ?? seen.Text("message") ?? seen.Text("metadata", "value") ?? "an event of Sentry";
        return new IncidentReport(
            Name,
            seen.Text("issue_id") ?? Number(seen.At("issue_id")),
            seen.Text("event_id") ?? "",
            title,
            request.Service ?? seen.Text("project_slug") ?? Slug(seen.Text("url")) ?? "",
            seen.Text("environment") ?? Tag(seen, "environment") ?? "",
            seen.Text("release") is { } release ? ReportedVersion.None with { SentryRelease = release } : ReportedVersion.None,
            stack,
            seen.Instant("datetime") ?? request.Arrival,
            IsOver: false);
    }

    private IncidentReport OfIssue(JsonElement issue, string action, WebhookRequest request)
    {
        var id = issue.Text("id") ?? throw new ServerException(Fault.Usage, "The body has no data.issue.id: this is no issue of Sentry.");
        return new IncidentReport(
            Name,
            id,
            $"{id} {issue.Text("lastSeen")}",
            issue.Text("title") ?? $"issue {id}",
            request.Service ?? issue.Text("project", "slug") ?? "",
            Environment: "",
            ReportedVersion.None,
            Stack: null,
            action == "resolved" ? request.Arrival : issue.Instant(action == "created" ? "firstSeen" : "lastSeen") ?? request.Arrival,
            action == "resolved");
    }

    /// <summary>The exceptions as the runtime of their platform writes them, the last one outermost; null when there is no frame.</summary>
    private static string? Stack(JsonElement seen)
    {
        if (seen.At("exception", "values") is not { ValueKind: JsonValueKind.Array } values)
        {
            return null;
        }

        var isPython = seen.Text("platform") is "python";
        var text = new StringBuilder();
        var frames = 0;
        foreach (var exception in isPython ? values.EnumerateArray() : values.EnumerateArray().Reverse())
        {
            var header = $"{exception.Text("type") ?? "Error"}: {exception.Text("value")?.ReplaceLineEndings(" ")}";
            var told = exception.At("stacktrace", "frames") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().TakeLast(MostFrames).ToList() : [];
            frames += told.Count;
            if (isPython)
            {
                text.Append("Traceback (most recent call last):\n").AppendJoin("", told.Select(Python)).Append(header).Append("\n\n");
            }
            else
            {
                text.Append(text.Length == 0 ? "" : seen.Text("platform") is "csharp" ? " ---> " : seen.Text("platform") is "java" ? "Caused by: " : "[cause]: ").Append(header).Append('\n');
                foreach (var frame in told.AsEnumerable().Reverse())
                {
                    text.Append(Line(frame, seen.Text("platform")));
                }
            }
        }

        return frames == 0 ? null : text.ToString();
    }

    private static string Python(JsonElement frame) =>
        $"  File \"{Place(frame)}\", line {Number(frame.At("lineno")) ?? "1"}, in {frame.Text("function") ?? "?"}\n";

    private static string Line(JsonElement frame, string? platform)
    {
        var function = frame.Text("function") ?? "?";
        var module = frame.Text("module");
        var line = Number(frame.At("lineno"));
        return platform switch
        {
            "csharp" => $"   at {(module is null ? "?." : module + ".")}{function}()" + (line is null ? "" : $" in {Place(frame)}:line {line}") + "\n",
            "java" => $"\tat {(module is null ? "?" : module)}.{function}({frame.Text("filename") ?? "Unknown Source"}{(line is null ? "" : ":" + line)})\n",
            _ => $"    at {function} ({Place(frame)}:{line ?? "1"}:{Number(frame.At("colno")) ?? "1"})\n",
        };
    }

    private static string Place(JsonElement frame) => (frame.Text("abs_path") ?? frame.Text("filename") ?? "?").ReplaceLineEndings(" ");

    private static string? Number(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var told) ? told.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary><c>https://sentry.io/api/0/projects/ORG/PROJECT/events/…</c>.</summary>
    private static string? Slug(string? url)
    {
        var parts = (url ?? "").Split('/');
        var at = Array.IndexOf(parts, "projects");
        return at >= 0 && at + 2 < parts.Length && parts[at + 2].Length > 0 ? parts[at + 2] : null;
    }

    private static string? Tag(JsonElement seen, string name) =>
        seen.At("tags") is { ValueKind: JsonValueKind.Array } tags
            ? tags.EnumerateArray().Take(200).Where(tag => tag.ValueKind == JsonValueKind.Array && tag.GetArrayLength() == 2 && tag[0].Text() == name).Select(tag => tag[1].Text()).FirstOrDefault()
            : null;
}
