using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Storage;

/// <summary>A short key for a list of texts of any length; lengths keep the parts apart.</summary>
internal static class Digest
{
    public static string Of(params ReadOnlySpan<string?> parts)
    {
        var joined = new StringBuilder();
        foreach (var part in parts)
        {
            _ = part is null ? joined.Append('-') : joined.Append(part.Length).Append(':').Append(part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(joined.ToString())));
    }
}
