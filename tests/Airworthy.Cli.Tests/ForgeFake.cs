using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary>A forge's API on a port of this machine, which answers in JSON. A request at a time: what it remembers needs no lock.</summary>
internal abstract class ForgeFake : IAsyncDisposable
{
    public const string Token = "a-token";

    private readonly WebApplication _app;
    private readonly SemaphoreSlim _turn = new(1);

    protected ForgeFake()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Where it answers.</summary>
    public Uri Address => new(_app.Urls.Single());

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _turn.Dispose();
    }

    protected static async Task<T> StartAsync<T>(T fake)
        where T : ForgeFake
    {
        await fake._app.StartAsync(TestContext.Current.CancellationToken);
        return fake;
    }

    /// <summary>The status and the answer to a request with a body of JSON, or none.</summary>
    protected abstract (int Status, JsonNode Answer) Answer(HttpRequest request, JsonObject? body);

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        await _turn.WaitAsync(context.RequestAborted);
        try
        {
            var (status, answer) = Answer(context.Request, text.Length > 0 ? JsonNode.Parse(text) as JsonObject : null);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
        }
        finally
        {
            _turn.Release();
        }
    }
}
