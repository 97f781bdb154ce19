using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Alerts;

/// <summary>Signs what is sent as Standard Webhooks says: <c>v1,base64(HMAC-SHA256(secret, "id.timestamp.body"))</c> in <c>webhook-signature</c>.</summary>
public static class WebhookSignature
{
    /// <summary>The signature.</summary>
    /// <param name="secret">The secret's bytes.</param>
    /// <param name="id">What <c>webhook-id</c> says.</param>
    /// <param name="at">What <c>webhook-timestamp</c> says.</param>
    /// <param name="body">What is sent.</param>
    public static string Of(byte[] secret, string id, DateTimeOffset at, byte[] body)
    {
        ArgumentNullException.ThrowIfNull(body);
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")), .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}";
    }
}
