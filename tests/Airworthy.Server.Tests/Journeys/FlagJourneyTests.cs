using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Server.Tests.Journeys;

/// <summary>Feature flags of a policy, asked over OFREP, and what turns them off.</summary>
public class FlagJourneyTests
{
    private const string Evaluate = "/ofrep/v1/evaluate/flags";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flag_answers_as_its_policy_says()
    {
        var (shop, after) = Shops("feature-flags:\n  - { key: all }\n  - { key: half, ramp: 0.5 }\n  - { key: none, ramp: 0 }\n  - { key: text, on: blue, off: grey }\n");
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await ReadAsync(server, after);

        Assert.Equal("""{"key":"all","value":true,"reason":"STATIC","variant":"on","metadata":{"repository":"repo"}}""", await AskAsync(server, "all"));
        Assert.Contains("\"value\":false,\"reason\":\"STATIC\",\"variant\":\"off\"", await AskAsync(server, "none"), StringComparison.Ordinal);
        Assert.Contains("\"value\":\"blue\"", await AskAsync(server, "text"), StringComparison.Ordinal);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => AskAsync(server, "half", $"user-{i}")));
        Assert.InRange(answers.Count(answer => answer.Contains("\"value\":true,\"reason\":\"SPLIT\"", StringComparison.Ordinal)), 10, 30);
        Assert.Equal(await AskAsync(server, "half", "user-7"), await AskAsync(server, "half", "user-7"));
    }

    [Theory]
    [InlineData("nobody", "{}", HttpStatusCode.NotFound, "FLAG_NOT_FOUND")]
    [InlineData("half", "{}", HttpStatusCode.BadRequest, "TARGETING_KEY_MISSING")]
    [InlineData("half", """{"context":{}}""", HttpStatusCode.BadRequest, "TARGETING_KEY_MISSING")]
    [InlineData("half", "{", HttpStatusCode.BadRequest, "PARSE_ERROR")]
    [InlineData("half", "[]", HttpStatusCode.BadRequest, "INVALID_CONTEXT")]
    [InlineData("half", """{"context":7}""", HttpStatusCode.BadRequest, "INVALID_CONTEXT")]
    [InlineData("half", """{"context":{"targetingKey":7}}""", HttpStatusCode.BadRequest, "INVALID_CONTEXT")]
    public async Task What_can_not_be_answered_is_refused_as_OFREP_says(string key, string body, HttpStatusCode status, string code)
    {
        var (shop, after) = Shops("feature-flags:\n  - { key: half, ramp: 0.5 }\n");
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await ReadAsync(server, after);

        using var answer = await server.PostAsync($"{Evaluate}/{key}", body);

        Assert.Equal(status, answer.StatusCode);
        using var read = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal((key, code), (read.RootElement.GetProperty("key").GetString(), read.RootElement.GetProperty("errorCode").GetString()));
    }

    [Fact]
    public async Task All_flags_are_answered_at_once_and_only_when_something_changed()
    {
        var (shop, after) = Shops("feature-flags:\n  - { key: a }\n  - { key: half, ramp: 0.5 }\n");
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await ReadAsync(server, after);

        using var first = await BulkAsync(server, tag: null);
        using var again = await BulkAsync(server, first.Headers.ETag);

        using var read = JsonDocument.Parse(await first.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(["a", "half"], read.RootElement.GetProperty("flags").EnumerateArray().Select(flag => flag.GetProperty("key").GetString()));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, again.StatusCode));
        using var configuration = await server.Http.GetAsync(new Uri("/ofrep/v1/configuration", UriKind.Relative), Cancel);
        Assert.Contains("airworthy", await configuration.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspect_change_turns_its_flag_off_by_itself_when_the_evidence_holds_over_the_fleet_until_a_person_decides()
    {
        var (shop, after) = Shops("feature-flags:\n  - { key: percent }\n  - { key: kept, when-suspect: keep, changes: [CHANGE] }\n", "Feature-Flag: percent\n");
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        var change = await ReadAsync(server, after);
        Assert.Contains($"\"change\":\"{change.Id}\",\"state\":\"experimental\"", await AskAsync(server, "percent"), StringComparison.Ordinal);

        await SendAsync(server, after, minutes: 240, onFails: 3, offFails: 30);
        var detail = await ChangeAsync(server, change, found => found.SwitchedOff is not null);

        Assert.Equal((ChangeState.Suspect, EvidenceGrade.Randomised), (detail.Change.State, detail.Standing!.Grade));
        Assert.Contains("holds over all", detail.SwitchedOff, StringComparison.Ordinal);
        server.Time.Skip(TimeSpan.FromSeconds(2));
        Assert.Contains("\"value\":false,\"reason\":\"DISABLED\",\"variant\":\"off\"", await AskAsync(server, "percent"), StringComparison.Ordinal);
        Assert.Equal(["percent"], (await ChangeAsync(server, change, _ => true)).FlagsOff);
        Assert.Contains("\"value\":true", await AskAsync(server, "kept"), StringComparison.Ordinal);

        using var decided = await server.PostAsync(
            $"/api/changes/{change.Repository}/{change.Id}/decisions", """{"state":"experimental","by":"Ada","reason":"The provider was down"}""");
        decided.EnsureSuccessStatusCode();
        server.Time.Skip(TimeSpan.FromSeconds(2));
        Assert.Contains("\"value\":true", await AskAsync(server, "percent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_calls_a_change_suspect_turns_its_flag_off()
    {
        var (shop, after) = Shops("feature-flags:\n  - { key: percent }\n", "Feature-Flag: percent\n");
        using var repository = shop;
        var other = shop.Write("src/Shop/Tax.cs", "namespace Shop;\n\npublic static class Tax\n{\n    public static decimal Of(decimal price) => price * 0.2m;\n}\n")
            .Commit("Raise the tax\n\nFeature-Flag: percent\nCo-Authored-By: Claude <noreply@anthropic.com>\n");
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        var (change, innocent) = (await ReadAsync(server, after), await ReadAsync(server, other));
        using var decided = await server.PostAsync(
            $"/api/changes/{change.Repository}/{change.Id}/decisions", """{"state":"suspect","by":"Ada","reason":"Customers call"}""");
        decided.EnsureSuccessStatusCode();
        server.Time.Skip(TimeSpan.FromSeconds(2));
        Assert.Contains("\"off\":\"Ada called " + change.Id + " suspect: Customers call\"", await AskAsync(server, "percent"), StringComparison.Ordinal);
        Assert.Equal(["percent"], (await ChangeAsync(server, change, _ => true)).FlagsOff);
        Assert.Empty((await ChangeAsync(server, innocent, _ => true)).FlagsOff);
    }

    [Fact]
    public async Task Traffic_that_is_not_split_as_its_flag_says_blocks_the_verdict()
    {
        var (shop, after) = Shops("feature-flags:\n  - { key: percent, ramp: 0.1 }\n", "Feature-Flag: percent\n");
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        var change = await ReadAsync(server, after);

        // The ramp was set now; what is judged comes after it.
        server.Time.Skip(TimeSpan.FromMinutes(1));
        await ChangeAsync(server, change, found => found.Change.Id == change.Id);
        server.Time.Skip(TimeSpan.FromHours(5));
        await SendAsync(server, after, minutes: 240, onFails: 3, offFails: 30, server.Time.GetUtcNow());
        var detail = await ChangeAsync(server, change, found => found.Standing is { Calls: > 0 });

        Assert.Equal(ChangeState.Experimental, detail.Change.State);
        Assert.Contains(detail.Standing!.Missing, missing => missing.StartsWith("traffic is not split as its flag says: 10", StringComparison.Ordinal));
        Assert.Null(detail.SwitchedOff);
    }

    private static (RepositoryBuilder Shop, string After) Shops(string policy, string trailer = "")
    {
        var shop = Shop.Open();
        var after = Shop.Change(shop, trailer);
        shop.Write("airworthy.yml", $"version: 1\nservices: [shop]\n{policy.Replace("CHANGE", after[..12], StringComparison.Ordinal)}").Commit("Flags");
        return (shop, after);
    }

    /// <summary>Spans of three instances on which a flag lets half of the calls meet the change.</summary>
    private static async Task SendAsync(ServerUnderTest server, string revision, int minutes, int onFails, int offFails, DateTimeOffset? until = null)
    {
        var last = (until ?? TimeProvider.System.GetUtcNow()).AddMinutes(-8);
        var resources = new JsonArray();
        for (var instance = 0; instance < 3; instance++)
        {
            var spans = new JsonArray();
            for (var minute = 0; minute < minutes; minute++)
            {
                foreach (var (variant, fails) in new[] { ("on", onFails), ("off", offFails) })
                {
                    var isBad = new Random((minute * 31) + (instance * 7) + fails).Next(fails) == 0;
                    for (var call = 0; call < 4; call++)
                    {
                        spans.Add(Span(last.AddMinutes(-minute), variant, isBad && call == 0, spans.Count));
                    }
                }
            }

            resources.Add(new JsonObject
            {
                ["resource"] = new JsonObject
                {
                    ["attributes"] = new JsonArray(Text("service.name", "shop"), Text("service.instance.id", $"i{instance}"), Text("vcs.ref.head.revision", revision)),
                },
                ["scopeSpans"] = new JsonArray(new JsonObject { ["spans"] = spans }),
            });
        }

        await server.SendOtlpAsync("/v1/traces", new JsonObject { ["resourceSpans"] = resources }.ToJsonString());
    }

    private static JsonObject Span(DateTimeOffset at, string variant, bool isBad, int number)
    {
        var nanos = (at.ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["traceId"] = $"5b8efff798038103{number:x16}",
            ["spanId"] = $"{number + 1:x16}",
            ["name"] = "percent",
            ["kind"] = 1,
            ["flags"] = 1,
            ["traceState"] = "ot=th:0",
            ["startTimeUnixNano"] = nanos,
            ["endTimeUnixNano"] = nanos,
            ["attributes"] = new JsonArray(
                Text("code.function.name", "Shop.Coupons.Percent"), Text("code.file.path", Shop.Coupons), Text("feature_flag.key", "percent"), Text("feature_flag.result.variant", variant)),
            ["status"] = new JsonObject { ["code"] = isBad ? 2 : 0 },
        };
    }

    private static JsonObject Text(string key, string value) => new() { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } };

    private static async Task<string> AskAsync(ServerUnderTest server, string key, string? targetingKey = null)
    {
        using var answer = await server.PostAsync($"{Evaluate}/{key}", targetingKey is null ? "{}" : $$$"""{"context":{"targetingKey":"{{{targetingKey}}}"}}""");
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task<HttpResponseMessage> BulkAsync(ServerUnderTest server, EntityTagHeaderValue? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Evaluate, UriKind.Relative)) { Content = new StringContent("{}", MediaTypeHeaderValue.Parse("application/json")) };
        if (tag is not null)
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        return await server.Http.SendAsync(request, Cancel);
    }

    /// <summary>A change, once its repository was read: it is tracked a moment before the repository's flags are known, which are looked up once a second.</summary>
    private static async Task<ChangeSummary> ReadAsync(ServerUnderTest server, string sha)
    {
        var change = (await server.GetOnceAsync<ChangeList>("/api/changes", changes => changes.Changes.Any(change => change.Sha == sha))).Changes.First(change => change.Sha == sha);
        await server.GetOnceAsync<ChangeDetail>($"/api/changes/{change.Repository}/{change.Id}", detail => detail.Exposure is not null);
        server.Time.Skip(TimeSpan.FromSeconds(2));
        return change;
    }

    private static Task<ChangeDetail> ChangeAsync(ServerUnderTest server, ChangeSummary change, Predicate<ChangeDetail> awaited)
    {
        server.Time.Skip(TimeSpan.FromMinutes(1));
        return server.GetOnceAsync($"/api/changes/{change.Repository}/{change.Id}", awaited);
    }
}
