using Airworthy.Telemetry.Otlp;

namespace Airworthy.Server.Otlp;

/// <summary>OTLP/gRPC's service for metrics.</summary>
internal sealed class OtlpMetricsService : IOtlpService
{
    public static string Name => "opentelemetry.proto.collector.metrics.v1.MetricsService";

    public static OtlpSignal Signal => OtlpSignal.Metrics;
}
