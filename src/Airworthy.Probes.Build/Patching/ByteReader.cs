using System.Buffers.Binary;

namespace Airworthy.Probes.Build.Patching;

/// <summary>Reads little-endian bytes.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int At { get; set; }

    public readonly bool IsAtEnd => At >= _bytes.Length;

    public byte Byte() => _bytes[At++];

    public ushort Number2() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public uint Number4() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ulong Number8() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        var read = _bytes.Slice(At, count);
        At += count;
        return read;
    }

    /// <summary>An unsigned number as ECMA-335 II.23.2 packs it.</summary>
    public uint Packed()
    {
        var first = Byte();
        if ((first & 0x80) == 0)
        {
            return first;
        }

        if ((first & 0x40) == 0)
        {
            return (uint)((first & 0x3F) << 8) | Byte();
        }

        var rest = Bytes(3);
        return (uint)((first & 0x1F) << 24) | (uint)(rest[0] << 16) | (uint)(rest[1] << 8) | rest[2];
    }

    /// <summary>A signed number as ECMA-335 II.23.2 packs it.</summary>
    public int PackedSigned()
    {
        var start = At;
        var value = (int)Packed();
        var (sign, rest) = (value & 1, value >> 1);
        return sign == 0 ? rest : rest - ((At - start) switch { 1 => 0x40, 2 => 0x2000, _ => 0x1000_0000 });
    }

    /// <summary>Passes a signed number by; gives 1.</summary>
    public uint SkipPacked()
    {
        _ = PackedSigned();
        return 1;
    }
}
