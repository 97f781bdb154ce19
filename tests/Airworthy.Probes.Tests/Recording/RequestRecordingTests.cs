using System.Net;
using System.Text.Json;
using Airworthy.Probes.Recording;
using Airworthy.Probes.Tests.Weaving;
using Xunit;

namespace Airworthy.Probes.Tests.Recording;

/// <summary>What is kept of the requests that a service answers, and that it answers them as without.</summary>
[Collection("the process's one meter")]
public sealed class RequestRecordingTests
{
    private const string Mug = """{"sku":"mug","count":2,"note":"write to bob@example.org"}""";

    [Fact]
    public async Task A_request_is_kept_with_its_answer_and_without_its_secrets()
    {
        await using var service = await RecordedServiceApp.StartAsync("POST /orders");
        using var answer = await service.PostAsync("/orders?ref=7&token=s3cret", Mug, "de-DE");
        Assert.Equal("""{"id":7,"sku":"mug","mail":"ann@example.org"}""", await Text(answer));
        Assert.Equal((HttpStatusCode.Created, "/orders/7"), (answer.StatusCode, answer.Headers.Location?.OriginalString));

        var kept = Assert.Single(await service.EndAsync());
        Assert.Equal(("http", "POST /orders", "de-DE", "sample"), (Value(kept, "kind"), Value(kept, "route"), Value(kept, "culture"), Value(kept, "service")));
        Assert.Equal("/orders?ref=7&token=x0xxxx", Value(kept.GetProperty("request"), "target"));
        Assert.Equal("""{"sku":"mug","count":2,"note":"write to xxx@xxxxxxx.xxx"}""", Body(kept, "request").GetRawText());
        Assert.Equal("""{"id":7,"sku":"mug","mail":"xxx@xxxxxxx.xxx"}""", Body(kept, "response").GetRawText());
        Assert.Equal(201, kept.GetProperty("response").GetProperty("status").GetInt32());
        Assert.Equal("/orders/7", kept.GetProperty("response").GetProperty("headers").GetProperty("Location").GetString());
        Assert.Equal("de-DE", kept.GetProperty("request").GetProperty("headers").GetProperty("Accept-Language").GetString());
        Assert.DoesNotContain("abcdefgh", kept.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_requests_unlike_all_before_are_kept()
    {
        await using var service = await RecordedServiceApp.StartAsync("POST /orders", "GET /orders/*");
        for (var i = 0; i < 5; i++)
        {
            (await service.PostAsync("/orders", Mug)).Dispose();
        }

        (await service.PostAsync("/orders", """{"sku":"mug","count":2,"note":null}""")).Dispose();
        (await service.PostAsync("/orders", """{"sku":"mug","count":0,"note":null}""")).Dispose();
        (await service.PostAsync("/orders", Mug, "de-DE")).Dispose();
        _ = await service.Client.GetStringAsync("/orders/3", TestContext.Current.CancellationToken);
        _ = await service.Client.GetStringAsync("/orders/4", TestContext.Current.CancellationToken);
        (await service.PostAsync("/unread", "1")).Dispose();

        var routes = (await service.EndAsync()).Select(kept => Value(kept, "route")).Order(StringComparer.Ordinal);
        Assert.Equal(["GET /orders/{id}", "POST /orders", "POST /orders", "POST /orders", "POST /orders"], routes);
    }

    [Fact]
    public async Task A_request_that_goes_where_none_had_gone_is_kept_though_it_looks_like_the_others()
    {
        using var sample = new LoadedSample(Compiled.From(
            "public static class Work { public static int Do(int n) { if (n > 100) { n = Less(n); } return n; } private static int Less(int n) { n -= 1; n /= 2; return n; } }").Weave().Image);
        await using var service = await RecordedServiceApp.StartAsync("GET /work/*");
        service.Work = n => sample.Call("Work", "Do", n);
        foreach (var n in new[] { 1, 2, 500, 501, 3 })
        {
            _ = await service.Client.GetStringAsync($"/work/{n}", TestContext.Current.CancellationToken);
        }

        Assert.Equal(["/work/1", "/work/500"], (await service.EndAsync()).Select(kept => Value(kept.GetProperty("request"), "target")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Bodies_pass_whole_and_what_is_not_kept_is_told()
    {
        await using var service = await RecordedServiceApp.StartAsync("* /*");
        var large = new string('a', 300_000);
        using var echoed = await service.Client.PostAsync("/echo", new StringContent(large), TestContext.Current.CancellationToken);
        Assert.Equal(large, await Text(echoed));
        Assert.Equal(200_000, (await service.Client.GetStringAsync("/orders/200000", TestContext.Current.CancellationToken)).Length);
        Assert.Equal([1, 2, 3], await service.Client.GetByteArrayAsync("/bytes", TestContext.Current.CancellationToken));
        using var unread = await service.PostAsync("/unread", Mug);
        Assert.Equal("done", await Text(unread));

        var kept = (await service.EndAsync()).ToDictionary(one => Value(one, "route")!, StringComparer.Ordinal);
        Assert.Equal("size", Missing(kept["POST /echo"], "request"));
        Assert.Equal("size", Missing(kept["GET /orders/{id}"], "response"));
        Assert.Equal("bytes", Missing(kept["GET /bytes"], "response"));
        Assert.Equal("not read", Missing(kept["POST /unread"], "request"));

        static string? Missing(JsonElement one, string side) => Value(one.GetProperty(side).GetProperty("body"), "$unrecorded");
    }

    [Fact]
    public async Task An_exception_that_leaves_the_application_is_kept_and_goes_on()
    {
        await using var service = await RecordedServiceApp.StartAsync("GET /fail");
        using var answer = await service.Client.GetAsync("/fail", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);

        var kept = Assert.Single(await service.EndAsync());
        Assert.Equal("System.TimeoutException", Value(kept.GetProperty("exception"), "type"));
        Assert.Equal(500, kept.GetProperty("response").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Calls_outward_are_kept_with_what_came_back()
    {
        await using var service = await RecordedServiceApp.StartAsync("POST /pay");
        using var paid = await service.PostAsync($"/pay?at={service.Address}charges", "{}");
        Assert.Equal("""{"reference":"r-1","token":"hunter22hunter22"}""", await Text(paid));
        // Nobody listens at port 1.
        using var failed = await service.PostAsync("/pay?at=http://127.0.0.1:1/charges", "{}");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);

        var kept = await service.EndAsync();
        var call = Assert.Single(kept.Single(one => !one.TryGetProperty("exception", out _)).GetProperty("outward").EnumerateArray());
        Assert.Equal(("POST", $"{service.Address}charges"), (Value(call, "method"), Value(call, "address")));
        Assert.Equal("""{"cents":100,"password":"xxxxxx0"}""", call.GetProperty("body").GetProperty("json").GetRawText());
        Assert.Equal(201, call.GetProperty("answer").GetProperty("status").GetInt32());
        Assert.Equal("""{"reference":"r-1","token":"xxxxxx00xxxxxx00"}""", call.GetProperty("answer").GetProperty("body").GetProperty("json").GetRawText());
        var refused = Assert.Single(kept.Single(one => one.TryGetProperty("exception", out _)).GetProperty("outward").EnumerateArray());
        Assert.Equal("faulted", Value(refused, "failed"));
    }

    [Fact]
    public async Task Calls_outward_of_a_recorded_method_are_its_own()
    {
        const string source = """
            using System;
            using System.Net.Http;
            using System.Threading.Tasks;
            public static class Pay
            {
                public static async Task<int> LaterAsync(HttpClient http, string at) { await Task.Yield(); using var answer = await http.PostAsync(at, null); return (int)answer.StatusCode; }
                public static int Now(HttpClient http, string at) { using var answer = http.Send(new HttpRequestMessage(HttpMethod.Post, at)); return (int)answer.StatusCode; }
                public static int Nothing(int n) => n;
            }
            """;
        await using var service = await RecordedServiceApp.StartAsync();
        var at = service.Address + "charges";
        var kept = RecordedSample.Of(source, "Pay.*", sample =>
        {
            Assert.Equal(201, ((Task<int>)sample.Call("Pay", "LaterAsync", RecordedServiceApp.Http, at)!).GetAwaiter().GetResult());
            Assert.Equal(201, sample.Call("Pay", "Now", RecordedServiceApp.Http, at));
            Assert.Equal(1, sample.Call("Pay", "Nothing", 1));
            Assert.Null(OutwardLog.Current);
        });

        Assert.All(["LaterAsync", "Now"], name => Assert.Equal(at, Value(Assert.Single(Of(name).GetProperty("outward").EnumerateArray()), "address")));
        Assert.False(Of("Nothing").TryGetProperty("outward", out _));

        JsonElement Of(string name) => kept.Single(one => Value(one, "unit")!.Contains($".{name}(", StringComparison.Ordinal));
    }

    [Fact]
    public void A_call_that_handles_a_message_says_where_the_message_came_from()
    {
        using var listener = new System.Diagnostics.ActivityListener { ShouldListenTo = source => source.Name == "consumer", Sample = (ref _) => System.Diagnostics.ActivitySamplingResult.AllData };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        using var source = new System.Diagnostics.ActivitySource("consumer");
        var kept = RecordedSample.Of("public static class Handler { public static int Handle(string text) => text.Length; }", "Handler.*", sample =>
        {
            using var message = source.StartActivity(System.Diagnostics.ActivityKind.Consumer, tags: [new("messaging.system", "kafka"), new("messaging.destination.name", "orders")], name: "process orders");
            using var inner = source.StartActivity("inner");
            sample.Call("Handler", "Handle", "refund 7");
        });

        var message = Assert.Single(kept).GetProperty("message");
        Assert.Equal(("kafka", "orders"), (Value(message, "system"), Value(message, "destination")));
        Assert.Equal(32, Value(kept[0], "trace")!.Length);
    }

    [Theory]
    [InlineData("POST /orders/{id}/refunds", "POST", "/orders/7/refunds", true)]
    [InlineData("* /orders/*", "DELETE", "/orders/7", true)]
    [InlineData("POST /orders", "GET", "/orders", false)]
    [InlineData("POST /orders", "POST", "/orders/7", false)]
    public void A_pattern_with_a_blank_names_requests(string pattern, string method, string path, bool isNamed) =>
        Assert.Equal(isNamed, RoutePattern.Parse(pattern)!.Value.Names(method, path));

    [Theory]
    [InlineData("Shop.Orders.*")]
    [InlineData("M:Shop.Refunds.Pieces(System.Int32)")]
    [InlineData("POST orders")]
    public void Any_other_pattern_names_methods(string pattern) => Assert.Null(RoutePattern.Parse(pattern));

    private static string? Value(JsonElement one, string name) => one.GetProperty(name).GetString();

    private static JsonElement Body(JsonElement one, string side) => one.GetProperty(side).GetProperty("body").GetProperty("json");

    private static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
