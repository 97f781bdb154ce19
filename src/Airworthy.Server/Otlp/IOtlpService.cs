using Airworthy.Telemetry.Otlp;

namespace Airworthy.Server.Otlp;

/// <summary>One of OTLP's gRPC services: each has a single method, <c>Export</c>.</summary>
internal interface IOtlpService
{
    /// <summary>Its full name.</summary>
    static abstract string Name { get; }

    /// <summary>What it carries.</summary>
    static abstract OtlpSignal Signal { get; }
}
