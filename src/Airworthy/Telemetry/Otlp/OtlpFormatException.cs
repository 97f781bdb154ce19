namespace Airworthy.Telemetry.Otlp;

/// <summary>A request that is not OTLP: truncated, of another format, or with a member of the wrong type.</summary>
internal sealed class OtlpFormatException(string message, Exception? cause = null) : Exception(message, cause);
