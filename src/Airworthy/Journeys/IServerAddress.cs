namespace Airworthy.Journeys;

/// <summary>Where services send their telemetry, for the lines that tell people how to connect one.</summary>
public interface IServerAddress
{
    /// <summary>OTLP over gRPC, as a service on this machine's network reaches it.</summary>
    Uri OtlpGrpc { get; }
}
