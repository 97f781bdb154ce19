using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Recordings;

/// <summary>Recorded requests against two revisions of a real service, built and started as a user's would be.</summary>
public sealed class ReplayRequestsTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <AssemblyName>Shop</AssemblyName>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
        </Project>
        """;

    private const string Code = """
        using System.Collections.Concurrent;
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHttpClient();
        var app = builder.Build();
        var orders = new ConcurrentDictionary<string, string>();
        app.MapPost("/orders", (NewOrder order) =>
        {
            var id = Guid.NewGuid().ToString("N");
            orders[id] = order.Sku;
            return Results.Created($"/orders/{id}", new { id, order.Sku });
        });
        app.MapGet("/orders/{id}", (string id) => orders.TryGetValue(id, out var sku) ? Results.Ok(new { sku, price = Shop.Price }) : Results.NotFound());
        app.MapGet("/time", (TimeProvider time) => time.GetUtcNow().ToString("O"));
        app.MapPost("/pay", async (IHttpClientFactory clients) =>
        {
            using var http = clients.CreateClient();
            using var answer = await http.PostAsJsonAsync("https://pay.example.org/charges", new { cents = Shop.Price });
            return await answer.Content.ReadAsStringAsync();
        });
        app.MapPost("/lost", async (IHttpClientFactory clients) => (await clients.CreateClient().GetAsync("https://pay.example.org/unknown")).StatusCode.ToString());
        app.MapGet("/crash", () => { if (Shop.Price > 10) { Environment.FailFast("gone"); } return "ok"; });
        app.MapGet("/headers", (HttpContext context) => context.Request.Headers.ContainsKey("Airworthy-Replay"));
        app.Run();
        public sealed record NewOrder(string Sku);
        public static class Shop { public static int Price => 10; }
        public sealed class Payments(HttpClient http)
        {
            public async Task<int> ChargeAsync(int cents) { using var answer = await http.PostAsJsonAsync("charges", new { cents }); return (int)answer.StatusCode; }
        }
        """;

    private readonly RecordingFiles _files = new();
    private readonly RepositoryBuilder _shop = new();

    public void Dispose()
    {
        _files.Dispose();
        _shop.Dispose();
    }

    [Fact]
    public async Task Two_revisions_of_a_service_are_asked_what_production_was_asked()
    {
        _shop.Write("src/Shop/Shop.csproj", Project).Write("src/Shop/Program.cs", Code).Commit("Sell");
        _shop.Write("src/Shop/Program.cs", Code.Replace("Price => 10", "Price => 12", StringComparison.Ordinal)).Commit("Raise the price");
        const string id = "0123456789abcdef0123456789abcdef";
        const string charged = """,{"method":"POST","address":"https://pay.example.org/charges","body":{"json":{"cents":10}},"answer":{"status":202,"headers":{"Content-Type":"application/json"},"body":{"json":{"reference":"r-1"}}}}""";
        _files.AddRequest("POST /orders", "/orders", """{"json":{"sku":"mug"}}""", 201, """{"json":{"id":"ID","sku":"mug"}}""".Replace("ID", id, StringComparison.Ordinal), id: "a0", headers: "\"Content-Type\":\"application/json\"");
        _files.AddRequest("GET /orders/{id}", $"/orders/{id}", "null", 200, """{"json":{"sku":"mug","price":10}}""", id: "a1");
        _files.AddRequest("GET /orders/{id}", "/orders/fedcba9876543210fedcba9876543210", "null", 200, """{"json":{"sku":"cap","price":10}}""", id: "a2");
        _files.AddRequest("GET /time", "/time", "null", 200, """{"text":"2026-11-23T12:00:04.0000000+00:00"}""", id: "a3");
        _files.AddRequest("POST /pay", "/pay", "null", 200, """{"text":"{\"reference\":\"r-1\"}"}""", $",\"outward\":[{charged[1..]}]", id: "a4");
        _files.AddRequest("POST /lost", "/lost", "null", 500, "null", id: "a5");
        _files.AddRequest("GET /crash", "/crash", "null", 200, """{"text":"ok"}""", id: "a6");
        _files.AddRequest("GET /headers", "/headers", "null", 200, """{"json":false}""", id: "a7");
        _files.AddRequest("POST /orders", "/orders", """{"$unrecorded":"size"}""", 201, "null", id: "a8");
        _files.Add("M:Payments.ChargeAsync(System.Int32)", """{"name":"cents","value":7}""", $"\"outward\":[{charged[1..]}],\"result\":202", id: "b0",
            receiver: """{"$type":"Payments","http":{"$unrecorded":"type of the framework"}}""");

        var run = await CliRun.InAsync(_shop.Folder, "replay", "--base", "HEAD~1", "--recordings", _files.Folder, "--seconds", "20", "--format", "json", "--evidence", "evidence.json");
        Assert.Equal((1, ""), (run.Exit, run.Error));
        using var report = JsonDocument.Parse(run.Out);
        var calls = report.RootElement.GetProperty("calls").EnumerateArray().ToDictionary(call => call.GetProperty("recording").GetProperty("id").GetString()![..2], StringComparer.Ordinal);

        // The id is another in each run, and known as such; the request that follows asks for the one of now.
        Assert.Equal("same", Verdict("a0"));
        Assert.Equal(["body.id", "headers.Location"], calls["a0"].GetProperty("unstable").EnumerateArray().Select(place => place.GetString()));
        Assert.Equal(("different", "body.price"), (Verdict("a1"), Difference("a1").GetProperty("path").GetString()));
        // An order that nobody placed is told for what it is: nothing known.
        Assert.Equal(("not-compared", "both answer 404, not the 200 that was recorded; a database is not recorded"), (Verdict("a2"), calls["a2"].GetProperty("reason").GetString()));
        Assert.Equal(("same", "2026-11-23T12:00:04.0000000+00:00"), (Verdict("a3"), Text(calls["a3"].GetProperty("head").GetProperty("outcome"), "body")));
        // What it asks of others is an outcome; what they answer is the recording's.
        Assert.Equal(("different", "outward[0].body.cents", "10", "12"), (Verdict("a4"), Text(Difference("a4"), "path"), Text(Difference("a4"), "base"), Text(Difference("a4"), "head")));
        Assert.Contains("r-1", calls["a4"].GetProperty("head").GetProperty("outcome").GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Equal("same", Verdict("a5"));
        Assert.True(calls["a5"].GetProperty("head").GetProperty("outcome").GetProperty("outward")[0].GetProperty("notInRecording").GetBoolean());
        Assert.Equal(("different", "crashed"), (Verdict("a6"), Text(calls["a6"].GetProperty("head"), "state")));
        Assert.Equal(("same", "false"), (Verdict("a7"), calls["a7"].GetProperty("head").GetProperty("outcome").GetProperty("body").GetRawText()));
        Assert.Equal(("not-compared", "its body was not recorded: size"), (Verdict("a8"), Text(calls["a8"], "reason")));
        Assert.Equal(("same", "202"), (Verdict("b0"), calls["b0"].GetProperty("head").GetProperty("outcome").GetProperty("result").GetRawText()));

        using var evidence = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_shop.Folder, "evidence.json"), TestContext.Current.CancellationToken));
        var orders = evidence.RootElement.GetProperty("evidence").EnumerateArray().Single(one => Text(one, "unit") == "GET /orders/{id}");
        Assert.Equal(("workflow-replay", 1, 1), (Text(orders, "kind"), orders.GetProperty("count").GetInt32(), orders.GetProperty("bad").GetInt32()));
        Assert.Equal(report.RootElement.GetProperty("head").GetString(), Text(orders, "revision"));

        string Verdict(string recording) => Text(calls[recording], "verdict")!;
        JsonElement Difference(string recording) => Assert.Single(calls[recording].GetProperty("differences").EnumerateArray());
        static string? Text(JsonElement from, string name) => from.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_program_that_is_no_service_is_told_in_one_sentence()
    {
        _shop.Write("Shop.csproj", Project.Replace(".Web", "", StringComparison.Ordinal).Replace("<AssemblyName>", "<OutputType>Exe</OutputType><AssemblyName>", StringComparison.Ordinal))
            .Write("Program.cs", "Console.Error.WriteLine(\"nothing to serve\");").Commit("Work");
        _files.AddRequest("GET /", "/", "null", 200, "null");
        var run = await CliRun.InAsync(_shop.Folder, "replay", "--base", "HEAD", "--recordings", _files.Folder);

        Assert.Equal(65, run.Exit);
        Assert.Contains("'Shop.dll' does not start as a service for the replay: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Requests_are_listed_shown_and_made_into_tests()
    {
        _files.AddRequest("POST /pay", "/pay?ref=\\u0022;\\u2028", """{"json":{"cents":1}}""", 200, """{"json":{"reference":"r-1"}}""",
            ""","outward":[{"method":"POST","address":"https://pay.example.org/charges","body":null,"failed":"faulted"}]""", id: "a0", culture: "de-DE", headers: "\"Content-Type\":\"application/json\"");
        _files.AddRequest("GET /fail", "/fail", "null", 500, "null", ""","exception":{"type":"System.TimeoutException"}""", id: "a1");
        _files.AddRequest("POST /large", "/large", """{"$unrecorded":"size"}""", 200, "null", id: "a2");
        File.WriteAllText(Path.Combine(_files.Folder, $"{Guid.NewGuid():N}.json"), """{"version":1,"kind":"http","request":{"method":"GET","target":"http://elsewhere/"}}""");

        var list = await CliRun.InAsync(_shop.Folder, "recordings", "list", _files.Folder);
        Assert.Contains("3 recordings, 1 file unreadable", list.Out, StringComparison.Ordinal);
        Assert.Contains("GET /fail", list.Out, StringComparison.Ordinal);
        var show = await CliRun.InAsync(_shop.Folder, "recordings", "show", "a0", _files.Folder);
        Assert.Contains("called POST https://pay.example.org/charges → faulted", show.Out, StringComparison.Ordinal);

        var app = typeof(ReplayRequestsTests).Assembly.Location;
        var run = await CliRun.InAsync(_shop.Folder, "recordings", "to-tests", _files.Folder, "--app", app, "--output", "tests");
        Assert.Equal(1, run.Exit);
        Assert.Contains("no test of a2300000 POST /large: its body was not recorded: size", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 tests of 3 recordings", run.Out, StringComparison.Ordinal);
        var pay = await File.ReadAllTextAsync(Path.Combine(_shop.Folder, "tests", "PostPayRecordings.cs"), TestContext.Current.CancellationToken);
        Assert.Contains("\"/pay?ref=\\\";\\u2028\"", pay, StringComparison.Ordinal);
        Assert.Contains("Assert.Equal(200, (int)answer.StatusCode);", pay, StringComparison.Ordinal);
        Assert.Contains("RecordedService.HasForm(\"{\\\"reference\\\":\\\"r-1\\\"}\"", pay, StringComparison.Ordinal);
        Assert.Contains("ThrowsAnyAsync", await File.ReadAllTextAsync(Path.Combine(_shop.Folder, "tests", "GetFailRecordings.cs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("namespace Recorded;", await File.ReadAllTextAsync(Path.Combine(_shop.Folder, "tests", "RecordedService.cs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
