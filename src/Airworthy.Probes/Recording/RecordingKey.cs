using System.Security.Cryptography;

namespace Airworthy.Probes.Recording;

/// <summary>Encrypts recordings at rest with AES-256-GCM: nonce, tag and ciphertext in this order. The recording's id is authenticated too.</summary>
internal sealed class RecordingKey : IDisposable
{
    private const int Bytes = 32;
    private static readonly int s_nonce = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int s_tag = AesGcm.TagByteSizes.MaxSize;

    private readonly AesGcm _cipher;

    private RecordingKey(byte[] key) => _cipher = new AesGcm(key, s_tag);

    /// <summary>The key that a text of 32 bytes in base64 stands for.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static RecordingKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = new byte[Bytes];
        return Convert.TryFromBase64String(text, key, out var written) && written == Bytes
            ? new RecordingKey(key)
            : throw new FormatException("The key of recordings is not 32 bytes in base64; make one with 'openssl rand -base64 32'.");
    }

    public byte[] Encrypt(ReadOnlySpan<byte> plain, Guid id)
    {
        var sealedBytes = new byte[s_nonce + s_tag + plain.Length];
        var nonce = sealedBytes.AsSpan(0, s_nonce);
        RandomNumberGenerator.Fill(nonce);
        _cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(s_nonce + s_tag), sealedBytes.AsSpan(s_nonce, s_tag), id.ToByteArray());
        return sealedBytes;
    }

    /// <summary>What was encrypted.</summary>
    /// <exception cref="CryptographicException">It was changed, belongs to another recording, or needs another key.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> sealedBytes, Guid id)
    {
        if (sealedBytes.Length < s_nonce + s_tag)
        {
            throw new CryptographicException("The recording is cut off.");
        }

        var plain = new byte[sealedBytes.Length - s_nonce - s_tag];
        _cipher.Decrypt(sealedBytes[..s_nonce], sealedBytes[(s_nonce + s_tag)..], sealedBytes.Slice(s_nonce, s_tag), plain, id.ToByteArray());
        return plain;
    }

    public void Dispose() => _cipher.Dispose();
}
