using System.Net.Http.Headers;
using System.Text.Json;
using Airworthy.Probes.AspNetCore;
using Airworthy.Probes.Recording;
using Airworthy.Probes.Tests.Weaving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Airworthy.Probes.Tests.Recording;

/// <summary>A small service on a real port, some of whose requests are recorded.</summary>
internal sealed class RecordedServiceApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Recorder _recorder;
    private readonly RecordingQueue _queue;
    private readonly RecordingFolder _folder;
    private readonly string _path = Directory.CreateTempSubdirectory("airworthy-requests-").FullName;

    private RecordedServiceApp()
    {
        (_recorder, _queue, _folder) = RecordedSample.New(_path);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IStartupFilter>(new RecordingFilter(_recorder.Routes));
        _app = builder.Build();
        _app.UseRequestLocalization("en-US", "de-DE");
        _app.MapPost("/orders", (NewOrder order) => order.Count < 1 ? Results.BadRequest() : Results.Created("/orders/7", new { id = 7, order.Sku, mail = "ann@example.org" }));
        _app.MapGet("/orders/{id}", (string id) => Results.Text(new string('a', int.Parse(id, System.Globalization.CultureInfo.InvariantCulture))));
        _app.MapPost("/echo", (HttpContext context) => context.Request.Body.CopyToAsync(context.Response.Body));
        _app.MapPost("/unread", () => "done");
        _app.MapGet("/bytes", () => Results.Bytes([1, 2, 3]));
        _app.MapGet("/fail", string () => throw new TimeoutException());
        _app.MapGet("/work/{n:int}", (int n) =>
        {
            Work?.Invoke(n);
            return "done";
        });
        _app.MapPost("/charges", (HttpContext context) => Results.Json(new { reference = "r-1", token = "hunter22hunter22" }, statusCode: StatusCodes.Status201Created));
        _app.MapPost("/pay", async (HttpContext context) =>
        {
            var answer = await Http.PostAsync(new Uri(context.Request.Query["at"].ToString()), new StringContent("""{"cents":100,"password":"hunter2"}""", new MediaTypeHeaderValue("application/json")));
            return await answer.Content.ReadAsStringAsync();
        });
    }

    /// <summary>The service's own client, as an app has one.</summary>
    public static HttpClient Http { get; } = new();

    public HttpClient Client { get; } = new();

    public Uri Address => Client.BaseAddress!;

    /// <summary>What <c>/work/{n}</c> does before it answers the same as ever.</summary>
    public Action<int>? Work { get; set; }

    /// <summary>Starts it with the requests that <paramref name="patterns"/> name recorded.</summary>
    public static async Task<RecordedServiceApp> StartAsync(params string[] patterns)
    {
        var service = new RecordedServiceApp();
        RecordingSwitch.Set(service._recorder, [.. patterns]);
        await service._app.StartAsync(TestContext.Current.CancellationToken);
        service.Client.BaseAddress = new Uri(service._app.Urls.Single());
        return service;
    }

    public async Task<HttpResponseMessage> PostAsync(string path, string json, string language = "en-US")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, new MediaTypeHeaderValue("application/json")) };
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer abcdefgh12345678");
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it, and gives what it recorded.</summary>
    public async Task<IReadOnlyList<JsonElement>> EndAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        RecordingSwitch.Set(_recorder, []);
        _queue.Finish();
        Assert.Equal(0, _queue.Counts.Faults);
        return [.. _folder.Read().Recordings.Select(document => document.RootElement.Clone())];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Client.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    private sealed record NewOrder(string Sku, int Count, string? Note);
}
