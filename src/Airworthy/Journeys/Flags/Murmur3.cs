using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Airworthy.Journeys.Flags;

/// <summary>MurmurHash3, x86, 32 bits (Austin Appleby, public domain): what OpenFeature's flagd splits traffic by.</summary>
internal static class Murmur3
{
    /// <summary>The hash of a text's UTF-8, with seed 0.</summary>
    public static uint Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        var hash = 0u;
        var length = (uint)bytes.Length;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            hash = unchecked((BitOperations.RotateLeft(hash ^ Mixed(BinaryPrimitives.ReadUInt32LittleEndian(bytes)), 13) * 5) + 0xe6546b64);
        }

        var rest = 0u;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            rest = (rest << 8) | bytes[i];
        }

        hash = (hash ^ Mixed(rest)) ^ length;
        unchecked
        {
            hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
            hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        }

        return hash ^ (hash >> 16);
    }

    private static uint Mixed(uint block) => unchecked(BitOperations.RotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593);
}
