using System.Buffers.Binary;
using dnlib.DotNet.Emit;

namespace Airworthy.Probes.Build.Patching;

/// <summary>A method's body as it lies in an image: copied as it is, but for the fields and methods it names that moved (ECMA-335 II.25.4).</summary>
internal static class RawBody
{
    private const int FieldTokens = 0x0400_0000;
    private const int MethodTokens = 0x0600_0000;

    /// <summary>How many bytes each operand takes, by the form that the code has; -1 for a switch, -2 for a token.</summary>
    private static readonly int[] s_one = Sizes(OpCodes.OneByteOpCodes);
    private static readonly int[] s_two = Sizes(OpCodes.TwoByteOpCodes);

    /// <summary>Copies the body that <paramref name="image"/> begins with.</summary>
    public static byte[] Copy(ReadOnlySpan<byte> image) => image[..Measure(image).Size].ToArray();

    /// <summary>Lets a body name fields and methods by the rows they have now.</summary>
    public static void Follow(byte[] body, RowMap fields, RowMap methods)
    {
        if (!fields.IsIdentity || !methods.IsIdentity)
        {
            var (start, length, _) = Measure(body);
            Follow(body.AsSpan(start, length), fields, methods);
        }
    }

    /// <summary>True when the body has the short header, which lies anywhere.</summary>
    public static bool IsTiny(ReadOnlySpan<byte> body) => (body[0] & 3) == 2;

    private static (int Start, int Length, int Size) Measure(ReadOnlySpan<byte> image)
    {
        if (IsTiny(image))
        {
            return (1, image[0] >> 2, 1 + (image[0] >> 2));
        }

        var header = (image[1] >> 4) * 4;
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(image[4..]);
        var end = header + length;
        var more = (image[0] & 8) != 0;
        while (more)
        {
            end = (end + 3) & ~3;
            var kind = image[end];
            more = (kind & 0x80) != 0;
            var isFat = (kind & 0x40) != 0;
            end += isFat ? (int)(BinaryPrimitives.ReadUInt32LittleEndian(image[end..]) >> 8) : image[end + 1];
        }

        return (header, length, end);
    }

    private static void Follow(Span<byte> code, RowMap fields, RowMap methods)
    {
        var at = 0;
        while (at < code.Length)
        {
            var size = code[at] == 0xFE ? s_two[code[++at]] : s_one[code[at]];
            at++;
            switch (size)
            {
                case -2:
                    var operand = code.Slice(at, 4);
                    var token = BinaryPrimitives.ReadInt32LittleEndian(operand);
                    var row = token & 0xFF_FFFF;
                    var moved = (token & ~0xFF_FFFF) switch { FieldTokens => fields[row], MethodTokens => methods[row], _ => row };
                    if (moved != row)
                    {
                        BinaryPrimitives.WriteInt32LittleEndian(operand, (token & ~0xFF_FFFF) | moved);
                    }

                    at += 4;
                    break;
                case -1:
                    at += 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code[at..]));
                    break;
                default:
                    at += size;
                    break;
            }
        }
    }

    private static int[] Sizes(OpCode[] codes) => Array.ConvertAll(codes, code => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => -1,
        OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType or OperandType.InlineSig => -2,
        OperandType.InlineString or OperandType.InlineI or OperandType.InlineBrTarget or OperandType.ShortInlineR => 4,
        _ => 0,
    });
}
