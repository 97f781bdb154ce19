using System.Globalization;
using System.Text.Json.Nodes;

namespace Airworthy.Cli.Tests.Servers;

/// <summary>Telemetry of a service named <c>shop</c> that fails.</summary>
internal static class Failures
{
    /// <summary>One failed span with its exception, as OTLP/JSON.</summary>
    public static string Span(string revision, string stack, int trace = 1)
    {
        var now = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture);
        var span = new JsonObject
        {
            ["traceId"] = "5b8efff798038103d269b633" + trace.ToString("x8", CultureInfo.InvariantCulture),
            ["spanId"] = "eee19b7ec3c1b174",
            ["name"] = "POST /refunds",
            ["kind"] = 2,
            ["startTimeUnixNano"] = now,
            ["endTimeUnixNano"] = now,
            ["status"] = new JsonObject { ["code"] = 2 },
            ["events"] = new JsonArray(new JsonObject
            {
                ["name"] = "exception",
                ["timeUnixNano"] = now,
                ["attributes"] = new JsonArray(
                    Attribute("exception.type", stack.Split(':')[0]),
                    Attribute("exception.message", "told by the test"),
                    Attribute("exception.stacktrace", stack)),
            }),
        };
        return new JsonObject
        {
            ["resourceSpans"] = new JsonArray(new JsonObject
            {
                ["resource"] = new JsonObject { ["attributes"] = new JsonArray(Attribute("service.name", "shop"), Attribute("vcs.ref.head.revision", revision)) },
                ["scopeSpans"] = new JsonArray(new JsonObject { ["spans"] = new JsonArray(span) }),
            }),
        }.ToJsonString();
    }

    private static JsonObject Attribute(string key, string value) =>
        new() { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } };
}
