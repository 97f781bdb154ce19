namespace Airworthy.Telemetry.Otlp;

/// <summary>The answer to one request.</summary>
/// <param name="Code">How it went.</param>
/// <param name="Body">The message to send back, in the request's encoding: the export response, or a <c>google.rpc.Status</c>.</param>
/// <param name="Message">What to tell the sender; empty when all went well.</param>
/// <param name="RetryAfter">When to try again; null when trying again is pointless.</param>
public sealed record OtlpAnswer(OtlpCode Code, ReadOnlyMemory<byte> Body, string Message, TimeSpan? RetryAfter)
{
    /// <summary>True when everything that could be taken is durable.</summary>
    public bool IsAccepted => Code == OtlpCode.Ok;

    /// <summary>A refusal, as a <c>google.rpc.Status</c>.</summary>
    /// <param name="encoding">The request's encoding.</param>
    /// <param name="code">Any but <see cref="OtlpCode.Ok"/>.</param>
    /// <param name="message">A sentence for the sender's operator.</param>
    /// <param name="retryAfter">When to try again; null for never.</param>
    public static OtlpAnswer Refuse(OtlpEncoding encoding, OtlpCode code, string message, TimeSpan? retryAfter = null) =>
        new(code, OtlpWriter.Status(encoding, code, message, retryAfter), message, retryAfter);
}
