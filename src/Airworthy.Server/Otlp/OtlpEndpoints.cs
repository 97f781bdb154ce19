using System.IO.Compression;
using Airworthy.Telemetry;
using Airworthy.Telemetry.Otlp;
using Grpc.AspNetCore.Server.Model;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Airworthy.Server.Otlp;

/// <summary>Puts OTLP's endpoints into a host: <c>AddOtlp</c> for its services, then <c>MapOtlpHttp</c> and <c>MapOtlpGrpc</c>.</summary>
public static class OtlpEndpoints
{
    /// <summary>Adds what the endpoints need. An <see cref="ITelemetryStore"/> must be registered; a <see cref="TimeProvider"/> may be.</summary>
    public static IServiceCollection AddOtlp(this IServiceCollection services, OtlpOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<OtlpReceiver>();
        services.AddSingleton<OtlpGate>();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.MaxBytes;
            grpc.CompressionProviders = [new GzipCompressionProvider(CompressionLevel.Fastest), new ZstdStream.Provider()];
        });
        services.AddSingleton<IServiceMethodProvider<OtlpTraceService>, OtlpMethods<OtlpTraceService>>();
        services.AddSingleton<IServiceMethodProvider<OtlpLogsService>, OtlpMethods<OtlpLogsService>>();
        services.AddSingleton<IServiceMethodProvider<OtlpMetricsService>, OtlpMethods<OtlpMetricsService>>();
        return services;
    }

    /// <summary>Maps <c>POST /v1/traces</c>, <c>/v1/logs</c> and <c>/v1/metrics</c>. The result can be held to a port by <c>RequireHost</c>.</summary>
    public static IEndpointConventionBuilder MapOtlpHttp(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1");
        Map("/traces", OtlpSignal.Traces);
        Map("/logs", OtlpSignal.Logs);
        Map("/metrics", OtlpSignal.Metrics);
        return group;

        void Map(string path, OtlpSignal signal) =>
            group.MapPost(path, (HttpContext context, OtlpGate gate) => new OtlpHttpExchange(context, gate, signal).RunAsync())
                .ExcludeFromDescription()
                .DisableAntiforgery();
    }

    /// <summary>Maps the trace, logs and metrics services of OTLP/gRPC; the port must speak HTTP/2.</summary>
    public static IEndpointConventionBuilder MapOtlpGrpc(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("");
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => OtlpGrpcExchange.RunAsync(context, next);
        });
        group.MapGrpcService<OtlpTraceService>();
        group.MapGrpcService<OtlpLogsService>();
        group.MapGrpcService<OtlpMetricsService>();
        return group;
    }
}
