using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Airworthy.Journeys.Queries;
using Airworthy.Probation;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Server.Tests.Journeys;

/// <summary>A service that burns its error budget, whatever any change did.</summary>
public class ObjectiveJourneyTests
{
    [Fact]
    public async Task A_service_that_burns_its_budget_too_fast_stops_rollouts_until_it_recovers()
    {
        using var shop = Shop.Open();
        shop.Write("airworthy.yml", "version: 1\nservices: [shop]\nobjectives:\n  - { service: shop, target: 0.99 }\n").Commit("Promise");
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        var path = $"/api/rollout?service=shop&revision={shop.Head}";
        await SendAsync(server, calls: 200, bad: 60);
        await server.GetOnceAsync<RepositoryList>("/api/repositories", list => list.Repositories is [{ Services.Count: 1 }]);
        server.Time.Skip(TimeSpan.FromMinutes(1));
        var burning = await server.GetOnceAsync<RolloutVerdict>(path, verdict => verdict.Burning is not null);
        using var halted = await server.PostAsync("/api/rollout/flagger", $$$"""{"name":"shop","namespace":"prod","phase":"Progressing","metadata":{"revision":"{{{shop.Head}}}"}}""");
        var metrics = await server.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(ProbationVerdict.Suspect, burning.Verdict);
        Assert.Contains("60 of 200 calls failed within 1 h: 30 times what 99", burning.Burning, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, halted.StatusCode);
        Assert.Contains("airworthy_objective_burning{service=\"shop\"} 1", metrics, StringComparison.Ordinal);

        server.Time.Skip(TimeSpan.FromHours(7));
        var calm = await server.GetOnceAsync<RolloutVerdict>(path, verdict => verdict.Burning is null);
        Assert.Equal(ProbationVerdict.Undecided, calm.Verdict);
    }

    private static async Task SendAsync(ServerUnderTest server, int calls, int bad)
    {
        var nanos = ((server.Time.GetUtcNow().ToUnixTimeMilliseconds() - 60_000) * 1_000_000).ToString(CultureInfo.InvariantCulture);
        var spans = new JsonArray([.. Enumerable.Range(1, calls).Select(i => (JsonNode)new JsonObject
        {
            ["traceId"] = $"5b8efff798038103{i:x16}",
            ["spanId"] = $"{i:x16}",
            ["name"] = "GET /orders/{id}",
            ["kind"] = 2,
            ["startTimeUnixNano"] = nanos,
            ["endTimeUnixNano"] = nanos,
            ["status"] = new JsonObject { ["code"] = i <= bad ? 2 : 0 },
        })]);
        var resource = new JsonObject
        {
            ["attributes"] = new JsonArray(new JsonObject { ["key"] = "service.name", ["value"] = new JsonObject { ["stringValue"] = "shop" } }),
        };
        await server.SendOtlpAsync("/v1/traces", new JsonObject
        {
            ["resourceSpans"] = new JsonArray(new JsonObject
            {
                ["resource"] = resource, ["scopeSpans"] = new JsonArray(new JsonObject { ["spans"] = spans }),
            }),
        }.ToJsonString());
    }
}
