using System.Globalization;
using System.Text;
using Airworthy.Telemetry.Protos;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Airworthy.Telemetry.Reduction;

/// <summary>Reads attributes a sender wrote: finds them by name and turns them into bounded text that every store can hold.</summary>
internal static class SentText
{
    /// <summary>Longest name of a service, function, route or version, in bytes of UTF-8.</summary>
    public const int NameBytes = 512;

    /// <summary>Longest name that identifies a sender, in bytes of UTF-8: these are index keys.</summary>
    public const int SenderBytes = 255;

    /// <summary>Longest exception message, in bytes of UTF-8.</summary>
    public const int MessageBytes = 4 * 1024;

    /// <summary>Longest stack trace, in bytes of UTF-8.</summary>
    public const int StackBytes = 64 * 1024;

    /// <summary>The first value under <paramref name="key"/>; null when there is none.</summary>
    public static AnyValue? Find(RepeatedField<KeyValue>? attributes, ReadOnlySpan<byte> key)
    {
        if (attributes is null)
        {
            return null;
        }

        foreach (var attribute in attributes)
        {
            if (attribute.Key.Span.SequenceEqual(key))
            {
                return attribute.Value;
            }
        }

        return null;
    }

    /// <summary>The text under <paramref name="key"/>, else under its older name; null when neither says anything.</summary>
    public static string? Text(
        RepeatedField<KeyValue>? attributes, ReadOnlySpan<byte> key, ReadOnlySpan<byte> olderKey = default, int maxBytes = NameBytes)
    {
        var text = Text(Find(attributes, key), maxBytes);
        return text is null && !olderKey.IsEmpty ? Text(Find(attributes, olderKey), maxBytes) : text;
    }

    /// <summary>The first text under <paramref name="key"/> where several may be sent, as of a header; null when there is none.</summary>
    public static string? First(RepeatedField<KeyValue>? attributes, ReadOnlySpan<byte> key)
    {
        var value = Find(attributes, key);
        return value?.ValueCase == AnyValue.ValueOneofCase.ArrayValue
            ? value.ArrayValue.Values.Select(item => Decode(item.StringValue)).FirstOrDefault()
            : Text(value, NameBytes);
    }

    /// <summary>The whole number under <paramref name="key"/>, else under its older name, also when it was sent as text.</summary>
    public static long? Integer(RepeatedField<KeyValue>? attributes, ReadOnlySpan<byte> key, ReadOnlySpan<byte> olderKey = default)
    {
        var value = Find(attributes, key) ?? (olderKey.IsEmpty ? null : Find(attributes, olderKey));
        return value?.ValueCase switch
        {
            AnyValue.ValueOneofCase.IntValue => value.IntValue,
            AnyValue.ValueOneofCase.StringValue when
                long.TryParse(Decode(value.StringValue.Span, 20), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
    }

    /// <summary>Text of at most <paramref name="maxBytes"/>; null when empty.</summary>
    public static string? Decode(ByteString bytes, int maxBytes = NameBytes) => bytes.IsEmpty ? null : Decode(bytes.Span, maxBytes);

    private static string? Text(AnyValue? value, int maxBytes) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue when !value.StringValue.IsEmpty => Decode(value.StringValue.Span, maxBytes),
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        _ => null,
    };

    private static string Decode(ReadOnlySpan<byte> bytes, int maxBytes)
    {
        if (bytes.Length > maxBytes)
        {
            // Step back over continuation bytes so that the cut never splits a character.
            var end = maxBytes;
            while (end > maxBytes - 4 && (bytes[end] & 0xC0) == 0x80)
            {
                end--;
            }

            bytes = bytes[..end];
        }

        // PostgreSQL's text holds no NUL.
        return Encoding.UTF8.GetString(bytes).Replace('\0', '\uFFFD');
    }
}
