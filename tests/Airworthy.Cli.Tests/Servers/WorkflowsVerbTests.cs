using System.Text.Json;
using System.Text.Json.Nodes;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Servers;

/// <summary><c>airworthy workflows</c> against a real server.</summary>
public class WorkflowsVerbTests
{
    private readonly LaterTime _time = new();
    private int _traces;

    [Fact]
    public async Task Ways_of_production_that_no_test_went_are_listed_shown_and_begun_as_a_test()
    {
        await using var server = await RunningServer.StartAsync(_time);
        await ServeAsync(server, "production", times: 3, "GET", "/prices");
        await ServeAsync(server, "production", times: 1, "POST", "/orders/{id}/\u001b[31mgift");
        await ServeAsync(server, "test", times: 1, "GET", "/prices");

        var list = await server.AskAsync("workflows", "--service", "shop");
        var json = await server.AskAsync("workflows", "--service", "shop", "--format", "json");
        var id = JsonDocument.Parse(json.Out).RootElement.GetProperty("workflows")[0].GetProperty("shape").GetString()!;
        var show = await server.AskAsync("workflows", "show", id[..8], "--service", "shop");
        var skeleton = await server.AskAsync("workflows", "show", id, "--skeleton");

        Assert.Equal((0, 0, 0, 0), (list.Exit, json.Exit, show.Exit, skeleton.Exit));
        Assert.Contains("covered: 3 of 4 production traces (75.0 %) went a way that a test went", list.Out, StringComparison.Ordinal);
        Assert.Contains(id[..12], list.Out, StringComparison.Ordinal);
        Assert.Contains("no test has it", show.Out, StringComparison.Ordinal);
        Assert.Contains("  + entry    POST /orders/{id}/", show.Out, StringComparison.Ordinal);
        Assert.Contains("HttpMethod", skeleton.Out, StringComparison.Ordinal);
        Assert.All([list, show, skeleton], run => Assert.DoesNotContain('\u001b', run.Out));
    }

    [Fact]
    public async Task Workflows_with_a_recording_say_so()
    {
        await using var server = await RunningServer.StartAsync(_time);
        await ServeAsync(server, "production", times: 1, "GET", "/prices");
        await ServeAsync(server, "production", times: 1, "GET", "/orders/{id}");
        using var files = new Recordings.RecordingFiles();
        files.AddRequest("GET /orders/{id}", "/orders/7", "null", 200, "null", id: "abcd");

        var list = await server.AskAsync("workflows", "--service", "shop", "--recordings", files.Folder);
        Assert.Contains(list.Lines, line => line.Contains("GET /orders/{id}", StringComparison.Ordinal) && line.Contains("recording abcd1000", StringComparison.Ordinal));
        Assert.Contains(list.Lines, line => line.Contains("GET /prices", StringComparison.Ordinal) && line.Contains("a skeleton", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_file_of_wishes_keeps_what_a_person_wrote()
    {
        await using var server = await RunningServer.StartAsync(_time);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "Shop.Refunds.*\n# asked by the server, below this line only\nM:Shop.Gone\n", TestContext.Current.CancellationToken);
            var run = await server.AskAsync("recordings", "watch", file, "--service", "shop", "--once");
            Assert.Equal((0, ""), (run.Exit, run.Error));
            Assert.Equal("Shop.Refunds.*\n# asked by the server, below this line only\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Without_traces_of_tests_the_answer_is_that_it_is_not_known()
    {
        await using var server = await RunningServer.StartAsync(_time);
        await ServeAsync(server, "production", times: 2, "GET", "/prices");

        var list = await server.AskAsync("workflows", "--service", "shop");
        var named = await server.AskAsync("workflows", "--service", "shop", "--tests", "production");

        Assert.Equal((2, 2), (list.Exit, named.Exit));
        Assert.Contains("tests: no evidence of tests; send a test run's traces with deployment.environment.name=test", list.Out, StringComparison.Ordinal);
        Assert.Contains("production: 0 traces in 0 shapes", named.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no workflow 'nope'; see 'airworthy workflows --service NAME'", "workflows", "show", "nope")]
    [InlineData("there is no workflow '' of shop; see 'airworthy workflows --service NAME'", "workflows", "show", "", "--service", "shop")]
    public async Task What_is_not_known_is_one_sentence(string sentence, params string[] arguments)
    {
        await using var server = await RunningServer.StartAsync();

        var run = await server.AskAsync(arguments);

        Assert.Equal(64, run.Exit);
        Assert.Equal($"airworthy: {sentence}", run.Error.Trim());
    }

    [Fact]
    public async Task A_shape_of_two_services_is_shown_of_the_one_that_is_named()
    {
        await using var server = await RunningServer.StartAsync(_time);
        await ServeAsync(server, "production", times: 1, "GET", "/prices");
        await ServeAsync(server, "production", times: 1, "GET", "/prices", service: "till");
        var id = JsonDocument.Parse((await server.AskAsync("workflows", "--service", "shop", "--format", "json")).Out)
            .RootElement.GetProperty("workflows")[0].GetProperty("shape").GetString()!;

        var both = await server.AskAsync("workflows", "show", id);
        var one = await server.AskAsync("workflows", "show", id, "--service", "till");

        Assert.Equal((64, 0), (both.Exit, one.Exit));
        Assert.Contains("names 2 workflows", both.Error, StringComparison.Ordinal);
        Assert.Contains("give more of its id, or --service NAME", both.Error, StringComparison.Ordinal);
        Assert.Contains("till", one.Out, StringComparison.Ordinal);
    }

    private async Task ServeAsync(RunningServer server, string environment, int times, string method, string route, string service = "shop")
    {
        var now = $"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}000000";
        var spans = new JsonArray();
        for (var i = 0; i < times; i++)
        {
            spans.Add(new JsonObject
            {
                ["traceId"] = $"{++_traces:x32}",
                ["spanId"] = "eee19b7ec3c1b174",
                ["name"] = method,
                ["kind"] = 2,
                ["startTimeUnixNano"] = now,
                ["endTimeUnixNano"] = now,
                ["attributes"] = new JsonArray(Attribute("http.request.method", method), Attribute("http.route", route)),
            });
        }

        await server.SendTracesAsync(new JsonObject
        {
            ["resourceSpans"] = new JsonArray(new JsonObject
            {
                ["resource"] = new JsonObject
                {
                    ["attributes"] = new JsonArray(Attribute("service.name", service), Attribute("deployment.environment.name", environment)),
                },
                ["scopeSpans"] = new JsonArray(new JsonObject { ["spans"] = spans }),
            }),
        }.ToJsonString());
        _time.Skip(TimeSpan.FromMinutes(1));
    }

    private static JsonObject Attribute(string key, string value) =>
        new() { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } };
}
