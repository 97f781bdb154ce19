using System.Buffers.Binary;
using System.Numerics;

namespace Airworthy.Provenance.Records;

/// <summary>MurmurHash3 for x86, 32 bits, seed 0: how Agent Trace records the text of a range. No guard against intent.</summary>
internal static class Murmur3
{
    private const uint C1 = 0xcc9e2d51;
    private const uint C2 = 0x1b873593;

    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var length = (uint)bytes.Length;
        var hash = 0u;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            hash ^= Scramble(BinaryPrimitives.ReadUInt32LittleEndian(bytes));
            hash = unchecked((BitOperations.RotateLeft(hash, 13) * 5) + 0xe6546b64);
        }

        var rest = 0u;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            rest = (rest << 8) | bytes[i];
        }

        hash ^= bytes.IsEmpty ? 0 : Scramble(rest);
        hash ^= length;
        hash = unchecked((hash ^ (hash >> 16)) * 0x85ebca6b);
        hash = unchecked((hash ^ (hash >> 13)) * 0xc2b2ae35);
        return hash ^ (hash >> 16);
    }

    private static uint Scramble(uint word) => unchecked(BitOperations.RotateLeft(word * C1, 15) * C2);
}
