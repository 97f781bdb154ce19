using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Airworthy.Server.Tests.Alerts;

/// <summary>Someone who is told: remembers what came and answers as the test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Url => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/hook");

    /// <summary>What came, in its order.</summary>
    public ConcurrentQueue<(IReadOnlyDictionary<string, string> Headers, byte[] Body)> Received { get; } = new();

    /// <param name="answer">The status by the number of the request, from 1.</param>
    /// <param name="hold">What each answer waits for; nothing when left out.</param>
    public static async Task<WebhookReceiver> StartAsync(Func<int, HttpStatusCode> answer, Task? hold = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build());
        var count = 0;
        receiver._app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            receiver.Received.Enqueue((context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
            await (hold ?? Task.CompletedTask);
            context.Response.StatusCode = (int)answer(++count);
            context.Response.Headers.Location = "http://169.254.169.254/latest/meta-data";
        });
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Waits until so much came; the test's own time limit ends it.</summary>
    public async Task WaitAsync(int count)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (Received.Count < count)
        {
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
