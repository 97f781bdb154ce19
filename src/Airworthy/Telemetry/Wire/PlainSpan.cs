using Airworthy.Telemetry.Reduction;

namespace Airworthy.Telemetry.Wire;

/// <summary>
/// What counting needs of one span, read from its bytes where they lie. Only of a plain span: one without events, whose attributes that count are
/// texts and numbers of ordinary length. Of any other nothing is said: it is read whole.
/// </summary>
internal ref struct PlainSpan
{
    private const int Key = (1 << 3) | ProtoReader.Bytes;
    private const int Value = (2 << 3) | ProtoReader.Bytes;
    private const int AnyText = (1 << 3) | ProtoReader.Bytes;
    private const int AnyInteger = (3 << 3) | ProtoReader.Varint;

    public ReadOnlySpan<byte> TraceId;
    public ReadOnlySpan<byte> TraceState;
    public ReadOnlySpan<byte> Name;
    public ReadOnlySpan<byte> Function;
    public ReadOnlySpan<byte> OlderFunction;
    public ReadOnlySpan<byte> Namespace;
    public ReadOnlySpan<byte> File;
    public ReadOnlySpan<byte> OlderFile;
    public ReadOnlySpan<byte> Route;
    public ReadOnlySpan<byte> Method;
    public ReadOnlySpan<byte> OlderMethod;
    public ReadOnlySpan<byte> FlagKey;
    public ReadOnlySpan<byte> Variant;
    public ReadOnlySpan<byte> OlderVariant;
    public long? Line;
    public long? OlderLine;
    public long? Answer;
    public long? OlderAnswer;
    public ulong End;
    public int Kind;
    public int Status;

    /// <summary>Reads a span; false when it is not plain.</summary>
    /// <exception cref="Otlp.OtlpFormatException">It is no message.</exception>
    public bool TryRead(ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Next(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | ProtoReader.Bytes: TraceId = reader.ReadBytes(); break;
                case (3 << 3) | ProtoReader.Bytes: TraceState = reader.ReadBytes(); break;
                case (5 << 3) | ProtoReader.Bytes: Name = reader.ReadBytes(); break;
                case (6 << 3) | ProtoReader.Varint: Kind = unchecked((int)reader.ReadVarint()); break;
                case (8 << 3) | ProtoReader.Fixed64: End = reader.ReadFixed64(); break;
                case (9 << 3) | ProtoReader.Bytes when !TryReadAttribute(reader.ReadBytes()): return false;
                case (9 << 3) | ProtoReader.Bytes: break;
                case (11 << 3) | ProtoReader.Bytes: return false;
                case (15 << 3) | ProtoReader.Bytes: ReadStatus(reader.ReadBytes()); break;
                default: reader.Skip(tag); break;
            }
        }

        return Name.Length <= SentText.NameBytes && TraceState.Length <= SentText.NameBytes;
    }

    private void ReadStatus(ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Next(out var tag))
        {
            if (tag == ((3 << 3) | ProtoReader.Varint))
            {
                Status = unchecked((int)reader.ReadVarint());
            }
            else
            {
                reader.Skip(tag);
            }
        }
    }

    private bool TryReadAttribute(ReadOnlySpan<byte> bytes)
    {
        // As senders write it: the key, then the value, both short.
        if (bytes.Length > 2 && bytes[0] == Key && bytes[1] is var length and < 0x80 && length + 4 <= bytes.Length && bytes[length + 2] == Value
            && bytes[length + 3] is var rest and < 0x80 && length + rest + 4 == bytes.Length)
        {
            return TryTake(bytes.Slice(2, length), bytes[^rest..], values: 1);
        }

        var reader = new ProtoReader(bytes);
        ReadOnlySpan<byte> key = default;
        ReadOnlySpan<byte> value = default;
        var values = 0;
        while (reader.Next(out var tag))
        {
            switch (tag)
            {
                case Key: key = reader.ReadBytes(); break;
                case Value:
                    value = reader.ReadBytes();
                    values++;
                    break;
                default: reader.Skip(tag); break;
            }
        }

        return TryTake(key, value, values);
    }

    private bool TryTake(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int values) => key.Length switch
    {
        10 when key.SequenceEqual("http.route"u8) => TryText(ref Route, value, values),
        11 when key.SequenceEqual("http.method"u8) => TryText(ref OlderMethod, value, values),
        11 when key.SequenceEqual("code.lineno"u8) => TryNumber(ref OlderLine, value, values),
        13 when key.SequenceEqual("code.function"u8) => TryText(ref OlderFunction, value, values),
        13 when key.SequenceEqual("code.filepath"u8) => TryText(ref OlderFile, value, values),
        14 when key.SequenceEqual("code.file.path"u8) => TryText(ref File, value, values),
        14 when key.SequenceEqual("code.namespace"u8) => TryText(ref Namespace, value, values),
        16 when key.SequenceEqual("code.line.number"u8) => TryNumber(ref Line, value, values),
        16 when key.SequenceEqual("http.status_code"u8) => TryNumber(ref OlderAnswer, value, values),
        16 when key.SequenceEqual("feature_flag.key"u8) => TryText(ref FlagKey, value, values, SentText.SenderBytes),
        18 when key.SequenceEqual("code.function.name"u8) => TryText(ref Function, value, values),
        19 when key.SequenceEqual("http.request.method"u8) => TryText(ref Method, value, values),
        20 when key.SequenceEqual("feature_flag.variant"u8) => TryText(ref OlderVariant, value, values, SentText.SenderBytes),
        25 when key.SequenceEqual("http.response.status_code"u8) => TryNumber(ref Answer, value, values),
        27 when key.SequenceEqual("feature_flag.result.variant"u8) => TryText(ref Variant, value, values, SentText.SenderBytes),
        _ => true,
    };

    /// <summary>A text that is neither empty nor too long; of several under one name the first counts.</summary>
    private static bool TryText(ref ReadOnlySpan<byte> slot, ReadOnlySpan<byte> value, int values, int most = SentText.NameBytes)
    {
        var reader = new ProtoReader(value);
        if (values != 1 || !reader.Next(out var tag) || tag != AnyText)
        {
            return false;
        }

        var text = reader.ReadBytes();
        if (text.IsEmpty || text.Length > most || reader.Next(out _))
        {
            return false;
        }

        slot = slot.IsEmpty ? text : slot;
        return true;
    }

    private static bool TryNumber(ref long? slot, ReadOnlySpan<byte> value, int values)
    {
        var reader = new ProtoReader(value);
        if (values != 1 || !reader.Next(out var tag) || tag != AnyInteger)
        {
            return false;
        }

        var number = unchecked((long)reader.ReadVarint());
        if (reader.Next(out _))
        {
            return false;
        }

        slot ??= number;
        return true;
    }
}
