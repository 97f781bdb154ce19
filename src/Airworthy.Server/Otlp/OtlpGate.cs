using System.Security.Cryptography;
using System.Text;
using Airworthy.Telemetry.Otlp;

namespace Airworthy.Server.Otlp;

/// <summary>What every OTLP request passes, whatever its transport: the sender's token, and a place among the requests worked on.</summary>
internal sealed class OtlpGate(OtlpOptions options, OtlpReceiver receiver)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _tokenHash = options.BearerToken is { } token ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : null;
    private long _bytes;
    private int _running;

    public OtlpOptions Options { get; } = options;

    /// <summary>The answer to a sender that found no room.</summary>
    public static OtlpAnswer Busy(OtlpEncoding encoding) =>
        OtlpAnswer.Refuse(encoding, OtlpCode.Unavailable, "too many requests at once: send it again", OtlpOptions.BusyRetry);

    /// <summary>True when the sender may send. Hashes of one length are compared in constant time, so timing tells nothing of the token.</summary>
    public bool Admits(string? authorization) =>
        _tokenHash is null
        || (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..])), _tokenHash));

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
