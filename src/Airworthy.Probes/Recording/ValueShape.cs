using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Airworthy.Probes.Recording;

/// <summary>
/// What is special about a value, as a number: null, empty, sign, order of magnitude, the case of an enumeration, and the same of its fields. Two values
/// of one shape are likely to take the same way through a method. None of the app's code is run.
/// </summary>
[RequiresUnreferencedCode("Recordings read fields by reflection.")]
internal static class ValueShape
{
    private const int MostDepth = 3;
    private const int MostFields = 32;
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The shape of several values together.</summary>
    public static ulong Of(ReadOnlySpan<object?> values)
    {
        var shape = Basis;
        foreach (var value in values)
        {
            shape = Mix(shape, Of(value, MostDepth));
        }

        return shape;
    }

    /// <summary>The shape of JSON: which properties it has, and the shapes of their values; of an array its first item's and how many there are.</summary>
    public static ulong Of(JsonElement value) => Of(value, MostDepth);

    /// <summary>Two shapes as one (FNV-1a over 64 bits).</summary>
    public static ulong Mix(ulong one, ulong other)
    {
        unchecked
        {
            return (one ^ (other * Prime)) * Prime;
        }
    }

    /// <summary>A text by its content, equal in every process.</summary>
    public static ulong OfContent(string text)
    {
        var shape = Basis;
        foreach (var character in text)
        {
            shape = Mix(shape, character);
        }

        return shape;
    }

    private static ulong Of(JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return Mix(2, OfText(value.GetString()!));
            case JsonValueKind.Number:
                return value.TryGetDecimal(out var number) ? Mix(7, OfDecimal(number)) : Mix(6, OfReal(value.GetDouble()));
            case JsonValueKind.Array:
                var count = Mix(10, Magnitude((ulong)value.GetArrayLength()));
                return depth == 0 || value.GetArrayLength() == 0 ? count : Mix(count, Of(value[0], depth - 1));
            case JsonValueKind.Object:
                return depth == 0 ? 11 : value.EnumerateObject().Take(MostFields)
                    .Aggregate(11UL, (shape, property) => Mix(shape, Mix(OfContent(property.Name), Of(property.Value, depth - 1))));
            default:
                return Mix(12, (ulong)value.ValueKind);
        }
    }

    private static ulong Of(object? value, int depth) => value switch
    {
        null => 1,
        string text => Mix(2, OfText(text)),
        bool flag => flag ? 3UL : 4UL,
        Enum => Mix(5, OfContent(value.ToString()!)),
        double or float or Half => Mix(6, OfReal(Convert.ToDouble(value is Half half ? (double)half : value, null))),
        decimal number => Mix(7, OfDecimal(number)),
        sbyte or short or int or long or byte or ushort or uint => Mix(8, OfDecimal(Convert.ToDecimal(value, null))),
        DateTime time => Mix(9, (ulong)time.Kind),
        Array or ICollection when Count(value) is { } count => Mix(10, Magnitude((ulong)count)),
        _ => OfObject(value, depth),
    };

    private static int? Count(object value) =>
        value is Array array ? array.Length : value is ICollection items && RecordedType.IsOfFramework(value.GetType()) ? items.Count : null;

    private static ulong OfText(string text)
    {
        var shape = Magnitude((ulong)text.Length);
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, 256)))
        {
            // Which kinds of characters there are: letters, digits, blanks, signs; ASCII or not.
            shape |= 1UL << (8 + (char.IsLetter(character) ? 0 : char.IsDigit(character) ? 1 : char.IsWhiteSpace(character) ? 2 : 3) + (character < 128 ? 0 : 4));
        }

        return shape;
    }

    private static ulong OfReal(double number) =>
        double.IsNaN(number) ? 1 : double.IsInfinity(number) ? (number > 0 ? 2UL : 3UL)
            : (uint)(4 + Math.Sign(number)) | (number == Math.Floor(number) ? 16U : 0);

    private static ulong OfDecimal(decimal number) => (uint)(4 + Math.Sign(number)) | (number == decimal.Truncate(number) ? 16U : 0);

    /// <summary>0, 1, a few, many: by powers of eight.</summary>
    private static ulong Magnitude(ulong count) => count < 2 ? count : 2 + ((ulong)System.Numerics.BitOperations.Log2(count) / 3);

    private static ulong OfObject(object value, int depth)
    {
        var type = value.GetType();
        var shape = Mix(11, OfContent(type.FullName ?? type.Name));
        if (depth == 0 || (RecordedType.IsOfFramework(type) && !RecordedType.IsPlain(type)))
        {
            return shape;
        }

        foreach (var field in RecordedType.Of(type).Fields.Take(MostFields))
        {
            if (!field.Info.FieldType.IsPointer && !field.Info.FieldType.IsFunctionPointer)
            {
                shape = Mix(shape, Of(field.Info.GetValue(value), depth - 1));
            }
        }

        return shape;
    }
}
