using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Airworthy.Telemetry.Otlp;

namespace Airworthy.Telemetry.Wire;

/// <summary>
/// Reads one protobuf message from its bytes, field by field, without making anything. See https://protobuf.dev/programming-guides/encoding/.
/// </summary>
/// <param name="bytes">The message.</param>
internal ref struct ProtoReader(ReadOnlySpan<byte> bytes)
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Bytes = 2;

    private const int StartGroup = 3;
    private const int EndGroup = 4;
    private const int Fixed32 = 5;
    private const int MostNested = 100;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>The tag of a field: its number and how it is written.</summary>
    public static int Tag(int field, int type) => (field << 3) | type;

    /// <summary>Moves to the next field; false at the end.</summary>
    /// <exception cref="OtlpFormatException">There is no field where one must be.</exception>
    public bool Next(out int tag)
    {
        if (_at == _bytes.Length)
        {
            tag = 0;
            return false;
        }

        tag = unchecked((int)ReadVarint());
        return tag >> 3 != 0 ? true : throw Malformed();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        // Most take one byte.
        var at = _at;
        if ((uint)at < (uint)_bytes.Length && _bytes[at] < 0x80)
        {
            _at = unchecked(at + 1);
            return _bytes[at];
        }

        return ReadLongVarint();
    }

    private ulong ReadLongVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_at == _bytes.Length)
            {
                break;
            }

            var read = _bytes[_at++];
            value |= shift < 64 ? (read & 0x7FUL) << shift : 0;
            if (read < 0x80)
            {
                return value;
            }
        }

        throw Malformed();
    }

    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>The bytes of a text or of a message within.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        return length <= int.MaxValue ? Take((int)length) : throw Malformed();
    }

    /// <summary>Passes by the value of a field that is not wanted.</summary>
    public void Skip(int tag) => Skip(tag, nested: 0);

    private void Skip(int tag, int nested)
    {
        switch (tag & 7)
        {
            case Varint: ReadVarint(); break;
            case Fixed64: Take(sizeof(ulong)); break;
            case Bytes: ReadBytes(); break;
            case Fixed32: Take(sizeof(uint)); break;
            case StartGroup when nested < MostNested:
                int inner;
                while (Next(out inner) && (inner & 7) != EndGroup)
                {
                    Skip(inner, nested + 1);
                }

                if (inner >> 3 != tag >> 3)
                {
                    throw Malformed();
                }

                break;
            default: throw Malformed();
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        var at = _at;
        if (length > unchecked(_bytes.Length - at))
        {
            throw Malformed();
        }

        _at = unchecked(at + length);
        return _bytes.Slice(at, length);
    }

    private static OtlpFormatException Malformed() => new("the body is not a protobuf message, or it is cut short");
}
