using Airworthy.Telemetry.Otlp;

namespace Airworthy.Server.Otlp;

/// <summary>OTLP/gRPC's service for logs.</summary>
internal sealed class OtlpLogsService : IOtlpService
{
    public static string Name => "opentelemetry.proto.collector.logs.v1.LogsService";

    public static OtlpSignal Signal => OtlpSignal.Logs;
}
