using System.Globalization;
using System.Text;

namespace Airworthy.TrialWorker.Making;

/// <summary>
/// A recipe as bytes and back, by the shape it is of. Written before every call: when the process dies with it, the bytes tell the input.
/// </summary>
internal static class RecipeCodec
{
    public static void Write(BinaryWriter writer, Recipe recipe)
    {
        writer.Write7BitEncodedInt(recipe.Choice);
        WriteValue(writer, recipe.Value);
        writer.Write7BitEncodedInt(recipe.Parts.Length);
        foreach (var part in recipe.Parts)
        {
            Write(writer, part);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not of this shape.</exception>
    public static Recipe Read(BinaryReader reader, Shape shape)
    {
        var choice = reader.Read7BitEncodedInt();
        var value = ReadValue(reader);
        var parts = new Recipe[reader.Read7BitEncodedInt() is var count and >= 0 and <= 100_000 ? count : throw new InvalidDataException("too many parts")];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Read(reader, shape.Part(choice, i));
        }

        return new Recipe(shape, choice, value, parts);
    }

    private static void WriteValue(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Write((byte)0);
                break;
            case string text:
                writer.Write((byte)1);
                // As code units: half of a surrogate pair is an input too.
                writer.Write7BitEncodedInt(text.Length);
                foreach (var c in text)
                {
                    writer.Write((ushort)c);
                }

                break;
            case int number:
                writer.Write((byte)2);
                writer.Write(number);
                break;
            case double real:
                writer.Write((byte)3);
                writer.Write(real);
                break;
            case long number:
                writer.Write((byte)4);
                writer.Write(number);
                break;
            case float real:
                writer.Write((byte)5);
                writer.Write(real);
                break;
            case DateTime time:
                writer.Write((byte)6);
                writer.Write(time.ToBinary());
                writer.Write((byte)time.Kind);
                break;
            case DateTimeOffset time:
                writer.Write((byte)7);
                writer.Write(time.Ticks);
                writer.Write(time.Offset.Ticks);
                break;
            case TimeSpan span:
                writer.Write((byte)8);
                writer.Write(span.Ticks);
                break;
            case DateOnly date:
                writer.Write((byte)9);
                writer.Write(date.DayNumber);
                break;
            case TimeOnly time:
                writer.Write((byte)10);
                writer.Write(time.Ticks);
                break;
            case Guid id:
                writer.Write((byte)11);
                writer.Write(id.ToByteArray());
                break;
            case decimal number:
                writer.Write((byte)12);
                writer.Write(number);
                break;
            case char character:
                writer.Write((byte)13);
                writer.Write((ushort)character);
                break;
            default:
                writer.Write((byte)14);
                writer.Write(value.GetType().FullName!);
                writer.Write(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
        }
    }

    private static object? ReadValue(BinaryReader reader) => reader.ReadByte() switch
    {
        0 => null,
        1 => ReadText(reader),
        2 => reader.ReadInt32(),
        3 => reader.ReadDouble(),
        4 => reader.ReadInt64(),
        5 => reader.ReadSingle(),
        6 => DateTime.SpecifyKind(new DateTime(DateTime.FromBinary(reader.ReadInt64()).Ticks, DateTimeKind.Utc), (DateTimeKind)reader.ReadByte()),
        7 => new DateTimeOffset(reader.ReadInt64(), new TimeSpan(reader.ReadInt64())),
        8 => new TimeSpan(reader.ReadInt64()),
        9 => DateOnly.FromDayNumber(reader.ReadInt32()),
        10 => new TimeOnly(reader.ReadInt64()),
        11 => new Guid(reader.ReadBytes(16)),
        12 => reader.ReadDecimal(),
        13 => (char)reader.ReadUInt16(),
        14 => Other(reader.ReadString(), reader.ReadString()),
        _ => throw new InvalidDataException("an unknown value"),
    };

    private static string ReadText(BinaryReader reader)
    {
        var text = new StringBuilder();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            text.Append((char)reader.ReadUInt16());
        }

        return text.ToString();
    }

    private static object Other(string type, string text)
    {
        var known = typeof(object).Assembly.GetType(type) ?? throw new InvalidDataException($"a value of {type}");
        return known == typeof(nint) ? nint.Parse(text, CultureInfo.InvariantCulture)
            : known == typeof(nuint) ? nuint.Parse(text, CultureInfo.InvariantCulture)
            : Convert.ChangeType(text, known, CultureInfo.InvariantCulture);
    }
}
