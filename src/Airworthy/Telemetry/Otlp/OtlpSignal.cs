namespace Airworthy.Telemetry.Otlp;

/// <summary>What kind of telemetry a request carries; each has its own service and path.</summary>
public enum OtlpSignal
{
    Traces,
    Logs,
    Metrics,
}
