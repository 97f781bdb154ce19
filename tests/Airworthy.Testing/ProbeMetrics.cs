using System.Globalization;
using System.Text.Json.Nodes;

namespace Airworthy.Testing;

/// <summary>What probes in instances of the shop send of <c>Shop.Coupons.Percent</c>, as OTLP/JSON metrics.</summary>
public sealed class ProbeMetrics
{
    private readonly JsonArray _resources = [];

    /// <summary>Adds what one instance of a revision did in some minutes.</summary>
    public ProbeMetrics Add(
        string revision,
        string instance,
        IEnumerable<(DateTimeOffset Minute, int Calls, int Bad)> minutes,
        string function = "Shop.Coupons.Percent",
        string file = Shop.Coupons)
    {
        var all = minutes.ToList();
        _resources.Add(new JsonObject
        {
            ["resource"] = new JsonObject { ["attributes"] = new JsonArray(Text("service.name", "shop"), Text("service.instance.id", instance)) },
            ["scopeMetrics"] = new JsonArray(new JsonObject
            {
                ["metrics"] = new JsonArray(
                    Sum("airworthy.function.calls", all.Select(minute => Point(revision, minute.Minute, minute.Calls, function, file))),
                    Sum("airworthy.function.failures", all.Where(minute => minute.Bad > 0).Select(minute => Point(revision, minute.Minute, minute.Bad, function, file)))),
            }),
        });
        return this;
    }

    /// <summary>Adds how long calls took on an instance: how many up to 10 ms, up to 20 ms, up to 100 ms, and longer.</summary>
    public ProbeMetrics AddTimes(string revision, string instance, IEnumerable<(DateTimeOffset Minute, int[] Counts)> minutes)
    {
        _resources.Add(new JsonObject
        {
            ["resource"] = new JsonObject { ["attributes"] = new JsonArray(Text("service.name", "shop"), Text("service.instance.id", instance)) },
            ["scopeMetrics"] = new JsonArray(new JsonObject
            {
                ["metrics"] = new JsonArray(new JsonObject
                {
                    ["name"] = "airworthy.function.duration",
                    ["unit"] = "s",
                    ["histogram"] = new JsonObject { ["aggregationTemporality"] = 1, ["dataPoints"] = new JsonArray([.. minutes.Select(minute => Times(revision, minute.Minute, minute.Counts))]) },
                }),
            }),
        });
        return this;
    }

    /// <summary>Adds how a server counts requests to a route itself, on one instance of a revision: of those that fail it says 500.</summary>
    public ProbeMetrics AddRequests(string revision, string instance, string method, string route, IEnumerable<(DateTimeOffset Minute, int Calls, int Bad)> minutes)
    {
        _resources.Add(new JsonObject
        {
            ["resource"] = new JsonObject
            {
                ["attributes"] = new JsonArray(Text("service.name", "shop"), Text("service.instance.id", instance), Text("vcs.ref.head.revision", revision)),
            },
            ["scopeMetrics"] = new JsonArray(new JsonObject
            {
                ["metrics"] = new JsonArray(new JsonObject
                {
                    ["name"] = "http.server.request.duration",
                    ["unit"] = "s",
                    ["histogram"] = new JsonObject
                    {
                        ["aggregationTemporality"] = 1,
                        ["dataPoints"] = new JsonArray([.. minutes.SelectMany(minute => new[] { Requests(minute.Minute, minute.Calls - minute.Bad, 200), Requests(minute.Minute, minute.Bad, 500) })]),
                    },
                }),
            }),
        });
        return this;

        JsonObject Requests(DateTimeOffset at, int count, int status) => new()
        {
            ["timeUnixNano"] = (at.ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture),
            ["count"] = count.ToString(CultureInfo.InvariantCulture),
            ["explicitBounds"] = new JsonArray(0.01),
            ["bucketCounts"] = new JsonArray(count.ToString(CultureInfo.InvariantCulture), "0"),
            ["attributes"] = new JsonArray(
                Text("http.request.method", method),
                Text("http.route", route),
                new JsonObject { ["key"] = "http.response.status_code", ["value"] = new JsonObject { ["intValue"] = status.ToString(CultureInfo.InvariantCulture) } }),
        };
    }

    /// <summary>Adds which of the lines of the function an instance ran.</summary>
    public ProbeMetrics AddStatements(string revision, string lines, int ran, DateTimeOffset at)
    {
        var point = Point(revision, at, ran);
        point["attributes"]!.AsArray().Add(Text("airworthy.statement.lines", lines));
        _resources.Add(new JsonObject
        {
            ["resource"] = new JsonObject { ["attributes"] = new JsonArray(Text("service.name", "shop")) },
            ["scopeMetrics"] = new JsonArray(new JsonObject
            {
                ["metrics"] = new JsonArray(new JsonObject
                {
                    ["name"] = "airworthy.statements.ran",
                    ["gauge"] = new JsonObject { ["dataPoints"] = new JsonArray(point) },
                }),
            }),
        });
        return this;
    }

    /// <summary>The request.</summary>
    public string ToJson() => new JsonObject { ["resourceMetrics"] = _resources.DeepClone() }.ToJsonString();

    private static JsonObject Sum(string name, IEnumerable<JsonObject> points) => new()
    {
        ["name"] = name,
        ["sum"] = new JsonObject { ["aggregationTemporality"] = 1, ["isMonotonic"] = true, ["dataPoints"] = new JsonArray([.. points]) },
    };

    private static JsonObject Times(string revision, DateTimeOffset at, int[] counts)
    {
        var point = Point(revision, at, 0);
        point.Remove("asInt");
        point["count"] = counts.Sum().ToString(CultureInfo.InvariantCulture);
        point["explicitBounds"] = new JsonArray(0.01, 0.02, 0.1);
        point["bucketCounts"] = new JsonArray([.. counts.Select(count => (JsonNode)count.ToString(CultureInfo.InvariantCulture))]);
        return point;
    }

    private static JsonObject Point(string revision, DateTimeOffset at, int value, string function = "Shop.Coupons.Percent", string file = Shop.Coupons) => new()
    {
        ["timeUnixNano"] = (at.ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture),
        ["asInt"] = value.ToString(CultureInfo.InvariantCulture),
        ["attributes"] = new JsonArray(
            Text("code.function.name", function), Text("code.file.path", file), Text("vcs.ref.head.revision", revision)),
    };

    private static JsonObject Text(string key, string value) => new() { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } };
}
