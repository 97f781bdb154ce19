using System.Net.Http.Headers;
using System.Net.Http.Json;
using Airworthy.Journeys;
using Airworthy.Server.Listeners;
using Airworthy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Airworthy.Server.Tests;

/// <summary>A real server on ports the system chose, with a data folder of its own.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private ServerUnderTest(WebApplication app, string folder, LaterTime time)
    {
        _app = app;
        _folder = folder;
        Time = time;
        var bound = app.Services.GetRequiredService<BoundListeners>();
        Http = new HttpClient { BaseAddress = bound.AddressOf(ListenerRole.Http) };
        Otlp = new HttpClient { BaseAddress = bound.AddressOf(ListenerRole.OtlpHttp) };
        OtlpGrpc = bound.AddressOf(ListenerRole.OtlpGrpc);
    }

    /// <summary>Its clock.</summary>
    public LaterTime Time { get; }

    /// <summary>The port of pages and API.</summary>
    public HttpClient Http { get; }

    /// <summary>The port of OTLP over HTTP.</summary>
    public HttpClient Otlp { get; }

    /// <summary>The port of OTLP over gRPC.</summary>
    public Uri OtlpGrpc { get; }

    public static async Task<ServerUnderTest> StartAsync(params string[] repositories) =>
        await StartAsync(options => options with { Repositories = repositories });

    public static async Task<ServerUnderTest> StartAsync(Func<ServerOptions, ServerOptions> set)
    {
        var time = new LaterTime();
        var folder = Directory.CreateTempSubdirectory("airworthy-server-").FullName;
        var app = await AirworthyServer.BuildAsync(
            set(new ServerOptions
            {
                DataDirectory = Path.Combine(folder, "data"),
                Http = "http://127.0.0.1:0",
                OtlpGrpc = "http://127.0.0.1:0",
                OtlpHttp = "http://127.0.0.1:0",
                RepositoryPoll = TimeSpan.FromMilliseconds(100),
                Time = time,
            }),
            TestContext.Current.CancellationToken);
        await AirworthyServer.StartAsync(app, TestContext.Current.CancellationToken);
        return new ServerUnderTest(app, folder, time);
    }

    public async Task<T> GetAsync<T>(string path) =>
        await Http.GetFromJsonAsync<T>(path, AirworthyJson.Compact, TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException($"{path} answered null");

    /// <summary>Asks again and again until the answer is as awaited; the test's own time limit ends it.</summary>
    public async Task<T> GetOnceAsync<T>(string path, Predicate<T> awaited)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        T last;
        do
        {
            last = await GetAsync<T>(path);
            if (awaited(last))
            {
                return last;
            }
        }
        while (await tick.WaitForNextTickAsync(limit.Token));
        return last;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json) => SendAsync(Http, path, json);

    /// <summary>Sends OTLP/JSON, as an instrumented service would.</summary>
    public async Task SendOtlpAsync(string path, string json)
    {
        using var answer = await SendAsync(Otlp, path, json);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Stops it as a shutdown of the machine does, while clients are still connected.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Otlp.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string json)
    {
        using var content = new StringContent(json, MediaTypeHeaderValue.Parse("application/json"));
        return await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
