using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Server.Webhooks;

/// <summary>Tells whether a webhook comes from who shares its secret. All known formats sign alike: HMAC-SHA256 of the body, in hexadecimal.</summary>
internal sealed class WebhookGate(ServerOptions options)
{
    private const int MostSignatures = 10;

    /// <summary>True when the format has a secret: then the signature decides, and no token is asked for.</summary>
    public bool IsSigned(string format) => options.WebhookSecrets.ContainsKey(format);

    /// <summary>True when one of its signatures is right, compared in constant time; true also where the format has no secret.</summary>
    public bool Admits(IWebhookReader reader, WebhookRequest request)
    {
        if (!options.WebhookSecrets.TryGetValue(reader.Name, out var secret))
        {
            return true;
        }

        var right = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), request.Body.Span);
        var admits = false;
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var shown in reader.Signatures(request).Take(MostSignatures))
        {
            admits |= shown.Length == bytes.Length * 2
                && Convert.FromHexString(shown, bytes, out _, out _) == System.Buffers.OperationStatus.Done
                && CryptographicOperations.FixedTimeEquals(bytes, right);
        }

        return admits;
    }
}
