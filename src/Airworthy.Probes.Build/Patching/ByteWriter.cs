using System.Buffers.Binary;

namespace Airworthy.Probes.Build.Patching;

/// <summary>Bytes that grow, little-endian.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes;

    public ByteWriter(int capacity = 256) => _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public byte[] ToArray() => Written.ToArray();

    public void Clear() => Length = 0;

    public void Byte(byte value) => Room(1)[0] = value;

    public void Number2(uint value) => BinaryPrimitives.WriteUInt16LittleEndian(Room(2), (ushort)value);

    public void Number4(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);

    public void Number8(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    /// <summary>Zeros up to a multiple of <paramref name="alignment"/>.</summary>
    public void Align(int alignment) => Zeros((alignment - (Length % alignment)) % alignment);

    public void Zeros(int count) => Room(count).Clear();

    /// <summary>An unsigned number as ECMA-335 II.23.2 packs it.</summary>
    public void Packed(uint value)
    {
        if (value < 0x80)
        {
            Byte((byte)value);
        }
        else if (value < 0x4000)
        {
            BinaryPrimitives.WriteUInt16BigEndian(Room(2), (ushort)(0x8000 | value));
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(Room(4), 0xC000_0000 | value);
        }
    }

    /// <summary>A signed number as ECMA-335 II.23.2 packs it.</summary>
    public void PackedSigned(int value)
    {
        var sign = value < 0 ? 1u : 0;
        if (value is >= -0x40 and < 0x40)
        {
            Packed(((uint)(value & 0x3F) << 1) | sign);
        }
        else if (value is >= -0x2000 and < 0x2000)
        {
            BinaryPrimitives.WriteUInt16BigEndian(Room(2), (ushort)(0x8000 | ((uint)(value & 0x1FFF) << 1) | sign));
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(Room(4), 0xC000_0000 | ((uint)(value & 0x0FFF_FFFF) << 1) | sign);
        }
    }

    /// <summary>Writes a number over what was written.</summary>
    public void Overwrite4(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at, 4), value);

    private Span<byte> Room(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }
}
