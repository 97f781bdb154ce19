using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Server.Webhooks;

/// <summary>Tells whether a webhook comes from who shares its secret. All known formats sign alike: HMAC-SHA256 of the body, or of its time and the body, in hexadecimal.</summary>
internal sealed class WebhookGate(ServerOptions options)
{
    private const int MostSignatures = 10;

    /// <summary>How far the time that a signature vouches for may be from now, either way: as long as Slack, Stripe and Standard Webhooks give.</summary>
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);

    /// <summary>True when the format has a secret: then the signature decides, and no token is asked for.</summary>
    public bool IsSigned(string format) => options.WebhookSecrets.ContainsKey(format);

    /// <summary>Why a request is not taken; null when it is, as also where the format has no secret. Signatures are compared in constant time.</summary>
    public string? WhyNot(IWebhookReader reader, WebhookRequest request)
    {
        if (!options.WebhookSecrets.TryGetValue(reader.Name, out var secret))
        {
            return null;
        }

        var time = reader.SignedTime(request);
        using var sum = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        sum.AppendData(Encoding.UTF8.GetBytes(time is null ? "" : time + ":"));
        sum.AppendData(request.Body.Span);
        var right = sum.GetHashAndReset();
        var admits = false;
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var shown in reader.Signatures(request).Take(MostSignatures))
        {
            admits |= shown.Length == bytes.Length * 2
                && Convert.FromHexString(shown, bytes, out _, out _) == System.Buffers.OperationStatus.Done
                && CryptographicOperations.FixedTimeEquals(bytes, right);
        }

        return !admits ? $"The request is not signed by the secret of {reader.Name}; see --webhook-secret."
            : time is not null && !IsNow(time, request.Arrival) ? $"The request was signed at '{(time.Length > 20 ? time[..20] : time)}', which is not within {s_window.TotalMinutes:0} minutes of now: an old one is not taken again. Check the clocks of both machines."
            : null;
    }

    private static bool IsNow(string time, DateTimeOffset now) =>
        long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= s_window;
}
