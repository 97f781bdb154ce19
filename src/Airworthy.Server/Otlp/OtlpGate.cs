using Airworthy.Server.Access;
using Airworthy.Telemetry.Otlp;

namespace Airworthy.Server.Otlp;

/// <summary>What every OTLP request passes, whatever its transport: the sender's token, and a place among the requests worked on.</summary>
internal sealed class OtlpGate(OtlpOptions options, OtlpReceiver receiver)
{
    private const string Scheme = "Bearer ";

    private long _bytes;
    private int _running;

    public OtlpOptions Options { get; } = options;

    /// <summary>The answer to a sender that found no room.</summary>
    public static OtlpAnswer Busy(OtlpEncoding encoding) =>
        OtlpAnswer.Refuse(encoding, OtlpCode.Unavailable, "too many requests at once: send it again", OtlpOptions.BusyRetry);

    /// <summary>The answer to a sender that may not send; null to one that may.</summary>
    public OtlpAnswer? Refusal(OtlpEncoding encoding, string? authorization)
    {
        if (Options.Tokens is not { } tokens)
        {
            return null;
        }

        var shown = authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? authorization[Scheme.Length..].Trim() : null;
        var admission = tokens.Admit(shown, AccessScope.Ingest);
        return admission.Kind switch
        {
            AdmissionKind.Admitted => null,
            AdmissionKind.Forbidden => OtlpAnswer.Refuse(encoding, OtlpCode.PermissionDenied, admission.Reason),
            _ => OtlpAnswer.Refuse(encoding, OtlpCode.Unauthenticated, admission.Reason.Length > 0 ? admission.Reason : "the bearer token is missing or wrong"),
        };
    }

    /// <summary>Takes a place for one request, before its body is read; null when all are taken.</summary>
    public Place? TryEnter()
    {
        if (Interlocked.Increment(ref _running) <= Options.MaxConcurrentRequests)
        {
            return new Place(this);
        }

        Interlocked.Decrement(ref _running);
        return null;
    }

    public Task<OtlpAnswer> ReceiveAsync(OtlpSignal signal, OtlpEncoding encoding, ReadOnlyMemory<byte> body, CancellationToken cancel) =>
        receiver.ReceiveAsync(signal, encoding, body, cancel);

    /// <summary>The place of one request, and the bytes it holds; free again when disposed.</summary>
    public sealed class Place(OtlpGate gate) : IDisposable
    {
        private long _held;
        private int _free;

        /// <summary>Takes room for <paramref name="bytes"/> more; false when all requests together would hold too many.</summary>
        public bool TryHold(int bytes)
        {
            _held += bytes;
            return Interlocked.Add(ref gate._bytes, bytes) <= gate.Options.MaxBytesInFlight;
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _free, 1) != 0)
            {
                return;
            }

            Interlocked.Add(ref gate._bytes, -_held);
            Interlocked.Decrement(ref gate._running);
        }
    }
}
