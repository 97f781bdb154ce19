using System.Net;
using System.Net.Http.Headers;
using Airworthy.Server.Otlp;
using Airworthy.Storage;
using Airworthy.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Airworthy.Server.Tests.Otlp;

/// <summary>The OTLP endpoints on Kestrel, on ports the system gives, over a SQLite store of their own.</summary>
internal sealed class OtlpHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _directory;
    private readonly Store _store;

    private OtlpHost(WebApplication app, Store store, string directory)
    {
        _app = app;
        _store = store;
        _directory = directory;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        Http = new HttpClient { BaseAddress = new Uri(addresses[0]) };
        GrpcAddress = new Uri(addresses[1]);
    }

    public HttpClient Http { get; }

    public Uri GrpcAddress { get; }

    public ITelemetryStore Telemetry => _store.Telemetry;

    /// <summary>The SQLite file.</summary>
    public string Database => Path.Combine(_directory, "airworthy.db");

    public static async Task<OtlpHost> StartAsync(OtlpOptions? options = null, Func<ITelemetryStore, ITelemetryStore>? wrap = null)
    {
        var directory = Directory.CreateTempSubdirectory("airworthy-otlp-").FullName;
        var store = await Store.OpenSqliteAsync(directory, TimeProvider.System, CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton(wrap is null ? store.Telemetry : wrap(store.Telemetry));
        builder.Services.AddOtlp(options ?? new OtlpOptions());
        var app = builder.Build();
        app.MapOtlpHttp();
        app.MapOtlpGrpc();
        await app.StartAsync();
        return new OtlpHost(app, store, directory);
    }

    /// <summary>Posts bytes as a sender would.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string path, byte[] body, string? contentType = "application/x-protobuf", string? contentEncoding = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        if (contentEncoding is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding);
        }

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
