using Airworthy.Telemetry.Otlp;

namespace Airworthy.Server.Otlp;

/// <summary>OTLP/gRPC's service for trace.</summary>
internal sealed class OtlpTraceService : IOtlpService
{
    public static string Name => "opentelemetry.proto.collector.trace.v1.TraceService";

    public static OtlpSignal Signal => OtlpSignal.Traces;
}
