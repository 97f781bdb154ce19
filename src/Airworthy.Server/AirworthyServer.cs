using System.Net.Sockets;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Server.Access;
using Airworthy.Server.Api;
using Airworthy.Server.Health;
using Airworthy.Server.Listeners;
using Airworthy.Server.Mcp;
using Airworthy.Server.Ofrep;
using Airworthy.Server.Otlp;
using Airworthy.Server.Pages;
using Airworthy.Server.Webhooks;
using Airworthy.Storage;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Airworthy.Server;

/// <summary>The Airworthy server: OTLP in, pages and API out, on three ports of their own.</summary>
public static class AirworthyServer
{
    /// <summary>Puts a server together: its database is open and migrated, and nothing listens yet.</summary>
    /// <exception cref="FaultException">An address can't be listened on safely, or the data folder can't be used.</exception>
    public static async Task<WebApplication> BuildAsync(ServerOptions options, CancellationToken cancel)
    {
        var tokens = new AccessTokens(options.Token, options.TokensFile is null ? null : new TokenFile(options.TokensFile), options.Time);
        var hasToken = tokens.AreAsked;
        Listener[] listeners =
        [
            Listener.Parse(ListenerRole.Http, options.Http, hasToken),
            Listener.Parse(ListenerRole.OtlpGrpc, options.OtlpGrpc, hasToken),
            Listener.Parse(ListenerRole.OtlpHttp, options.OtlpHttp, hasToken),
        ];

        // An empty builder reads no appsettings.json of the working directory, which may be a stranger's repository.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(AirworthyServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        var bound = new BoundListeners();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, listeners, bound));
        // Standard output is for answers; what goes wrong goes to standard error.
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        // A start that fails is told once, in a sentence, by whoever started it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var store = options.Database is { } database
            ? await Store.OpenPostgresAsync(database, options.Time, cancel)
            : await Store.OpenSqliteAsync(options.DataDirectory, options.Time, cancel);
        AddHost(builder.Services, options, tokens, bound);
        builder.Services.AddJourneys(options, store);

        var app = builder.Build();
        Use(app);
        return app;
    }

    /// <summary>Starts a server and runs it until <paramref name="cancel"/>; tells on <paramref name="output"/> where it listens.</summary>
    /// <exception cref="FaultException">A port is in use, or the data folder can't be used.</exception>
    public static async Task RunAsync(ServerOptions options, TextWriter output, CancellationToken cancel)
    {
        await using var app = await BuildAsync(options, cancel);
        await StartAsync(app, cancel);
        var bound = app.Services.GetRequiredService<BoundListeners>();
        await output.WriteLineAsync($"pages and API   {bound.AddressOf(ListenerRole.Http)}");
        await output.WriteLineAsync($"OTLP over gRPC  {bound.AddressOf(ListenerRole.OtlpGrpc)}");
        await output.WriteLineAsync($"OTLP over HTTP  {bound.AddressOf(ListenerRole.OtlpHttp)}");
        await output.FlushAsync(cancel);
        await Ended(cancel);
        await app.StopAsync(CancellationToken.None);
    }

    /// <summary>Starts a built server; a port in use is told in one sentence.</summary>
    internal static async Task StartAsync(WebApplication app, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new ServerException(Fault.Unavailable, $"{PortOf(e)} is in use by another process; stop it or choose another address.", e);
        }
        catch (SocketException e)
        {
            throw new ServerException(Fault.Unavailable, $"An address can't be listened on ({e.SocketErrorCode}); choose another.", e);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, Listener[] listeners, BoundListeners bound)
    {
        kestrel.AddServerHeader = false;
        foreach (var listener in listeners)
        {
            kestrel.Listen(listener.Address, listener.Port, port =>
            {
                port.Protocols = listener.Role == ListenerRole.OtlpGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1;
                ListenerGuard.Mark(port, listener.Role);
                bound.Add(listener, port);
            });
        }
    }

    private static void AddHost(IServiceCollection services, ServerOptions options, AccessTokens tokens, BoundListeners bound)
    {
        services.AddSingleton(tokens);
        services.AddSingleton(options);
        services.AddSingleton(options.Time);
        services.AddSingleton(bound);
        services.AddSingleton<IServerAddress>(bound);
        services.AddSingleton<Readiness>();
        services.AddSingleton<WebhookGate>();
        services.AddSingleton<WebhookFlood>();
        services.AddRouting();
        services.AddProblemDetails();
        services.AddOpenApi();
        services.AddAirworthyPages();
        services.AddAgentTools();
        services.AddOtlp(new OtlpOptions { Tokens = tokens });
        // gRPC's answer to unknown services would stand in for routing's own 405 and 415 on every path of two parts.
        services.Configure<GrpcServiceOptions>(grpc => grpc.IgnoreUnknownServices = true);
        services.ConfigureHttpJsonOptions(json => AirworthyJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }

    private static void Use(WebApplication app)
    {
        var tokens = app.Services.GetRequiredService<AccessTokens>();
        app.UseExceptionHandler();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal), api => api.UseStatusCodePages());
        app.Use(FaultAnswers.InvokeAsync);
        app.Use(new OriginGate(tokens).InvokeAsync);
        app.UseRouting();
        app.Use(ListenerGuard.InvokeAsync);
        app.Use(new TokenGate(tokens, app.Services.GetRequiredService<WebhookGate>()).InvokeAsync);
        app.Use(ApiEndpoints.AnswerUnknownAsync);
        ApiEndpoints.Map(app);
        OfrepEndpoints.Map(app);
        HealthEndpoints.Map(app);
        MetricsEndpoint.Map(app);
        WebhookEndpoints.Map(app);
        PageEndpoints.Map(app);
        McpEndpoints.Map(app);
        app.MapOtlpGrpc().WithMetadata(new OnlyOnAttribute(ListenerRole.OtlpGrpc));
        app.MapOtlpHttp().WithMetadata(new OnlyOnAttribute(ListenerRole.OtlpHttp));
    }

    private static async Task Ended(CancellationToken cancel)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancel.Register(ended.SetResult);
        await ended.Task;
    }

    // Kestrel's message is "Failed to bind to address http://127.0.0.1:4320: address already in use."
    private static string PortOf(IOException e) =>
        e.Message.Split(' ').FirstOrDefault(word => word.StartsWith("http://", StringComparison.Ordinal))?.TrimEnd(':', '.') ?? "An address";
}
