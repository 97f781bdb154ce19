namespace Airworthy.Telemetry.Otlp;

/// <summary>How a request is written; its answer is written the same way.</summary>
public enum OtlpEncoding
{
    Protobuf,
    Json,
}
