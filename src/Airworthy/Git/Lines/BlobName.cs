using System.Buffers.Binary;
using System.Globalization;

namespace Airworthy.Git.Lines;

/// <summary>
/// The first 16 bytes of a blob's name. Two words, not a <see cref="UInt128"/>: what holds one of those is never compiled ahead of time, and the
/// methods that hold these are the ones a short run waits for.
/// </summary>
internal readonly record struct BlobName(ulong High, ulong Low)
{
    /// <summary>How many bytes are kept.</summary>
    public const int Size = 16;

    /// <summary>Reads a name in hexadecimal digits.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static BlobName Parse(ReadOnlySpan<char> hex) =>
        hex.Length >= 2 * Size && TryParseHalf(hex[..Size], out var high) && TryParseHalf(hex[Size..(2 * Size)], out var low)
            ? new BlobName(high, low)
            : throw new FormatException("a blob's name is malformed");

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static BlobName Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Writes <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }

    private static bool TryParseHalf(ReadOnlySpan<char> hex, out ulong half) =>
        ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out half);
}
