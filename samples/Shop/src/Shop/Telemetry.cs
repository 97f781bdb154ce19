using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Shop;

public static class Telemetry
{
    /// <summary>Traces, metrics and logs over OTLP, to where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        // The SDK puts the commit into the informational version: 1.0.0+<sha>.
        var version = typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        builder.Logging.AddOpenTelemetry(logging => logging.IncludeFormattedMessage = true);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("shop", serviceVersion: version))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(options => options.RecordException = true)
                .AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics
                .AddMeter("Airworthy.Probes")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation())
            .UseOtlpExporter();
    }
}
