using System.Text;

namespace Airworthy.Verification;

/// <summary>
/// XML on its way to a parser, without what stands in the elements of files that nobody asks about: a report speaks of every file of a project, a
/// change has a few, and finding the end of an element is many times faster than parsing to it. The tags themselves stay. What is left out is not even
/// looked at for being well-formed; where a comment or the like could hide an end, nothing is left out.
/// </summary>
/// <param name="inner">What is read.</param>
/// <param name="elements">The elements that speak of one file each.</param>
/// <param name="asks">True for the name of a file that is asked about.</param>
internal sealed class AskedContent(Stream inner, IReadOnlyCollection<AskedElement> elements, Predicate<string> asks) : ForwardStream(inner)
{
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly (byte[] Start, byte[] End, byte[] Attribute)[] _elements =
        [.. elements.Select(each => (Encoding.ASCII.GetBytes("<" + each.Element), Encoding.ASCII.GetBytes($"</{each.Element}>"), Encoding.ASCII.GetBytes(each.Attribute)))];

    private byte[] _buffer = new byte[128 * 1024];

    // From the start to what is ready is handed out; what follows, up to the end, is not looked at yet.
    private int _start;
    private int _ready;
    private int _end;

    // Where to go on once all that is ready was handed out; 0: there.
    private int _goOn;
    private bool _asItIs;

    private ReadOnlySpan<byte> Rest => _buffer.AsSpan(_ready.._end);

    public override int Read(Span<byte> buffer)
    {
        while (_start == _ready)
        {
            if (_goOn > 0)
            {
                (_start, _ready, _goOn) = (_goOn, _goOn, 0);
            }

            if ((_ready == _end && !Fill()) || buffer.IsEmpty)
            {
                return 0;
            }

            Look();
        }

        var count = Math.Min(buffer.Length, _ready - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    /// <summary>Makes the next piece ready: text, a tag, or a comment.</summary>
    private void Look()
    {
        var tag = Rest.IndexOf((byte)'<');
        if (_asItIs || tag != 0)
        {
            _ready = _asItIs || tag < 0 ? _end : _ready + tag;
        }
        else if (StartsWith("<!--"u8))
        {
            Take(Find("-->"u8, from: 4));
        }
        else if (StartsWith("<?"u8))
        {
            Take(Find("?>"u8, from: 2));
        }
        else if (StartsWith("<!"u8))
        {
            // A document type of one tag; what declares more, or is text that is not parsed, could hold anything.
            var end = Find(">"u8, from: 2);
            _asItIs = end < 0 || !StartsWith("<!DOCTYPE"u8) || Rest[..end].Contains((byte)'[');
            Take(_asItIs ? 1 : end);
        }
        else
        {
            LookAtTag();
        }
    }

    private void LookAtTag()
    {
        var element = Array.FindIndex(_elements, each => StartsWith(each.Start) && Rest.Length > each.Start.Length && Rest[each.Start.Length] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n');
        if (element < 0)
        {
            Take(1);
            return;
        }

        var (start, stop, attribute) = _elements[element];
        var end = EndOfTag(start.Length);
        if (end > 0 && Rest[end - 2] != '/' && !IsAsked(Rest[start.Length..(end - 1)], attribute))
        {
            var close = Find(stop, end) - stop.Length;
            // Where the end is far, or may not be the end, nothing is left out from here on: to look for it again and again would take for ever.
            _asItIs = close < 0 || IsMore(Rest[end..close], start);
            _goOn = _asItIs ? 0 : _ready + close;
        }

        Take(end);
    }

    /// <summary>True when content holds what an end could hide in, or belong to.</summary>
    private static bool IsMore(ReadOnlySpan<byte> content, ReadOnlySpan<byte> start) =>
        content.IndexOf("<!"u8) >= 0 || content.IndexOf("<?"u8) >= 0 || content.IndexOf(start) >= 0;

    /// <summary>Hands out the next <paramref name="count"/> bytes; where that end was not found, all is handed out as it is.</summary>
    private void Take(int count)
    {
        _asItIs |= count < 0;
        _ready = count < 0 ? _end : _ready + count;
    }

    /// <summary>True when what follows starts so, as far as there is more to read.</summary>
    private bool StartsWith(ReadOnlySpan<byte> text)
    {
        while (Rest.Length <= text.Length && Fill())
        {
        }

        return Rest.StartsWith(text);
    }

    /// <summary>Where <paramref name="text"/> ends, from here; -1 when it comes too late, or never.</summary>
    private int Find(ReadOnlySpan<byte> text, int from)
    {
        while (true)
        {
            var rest = Rest;
            if (rest.Length > from && rest[from..].IndexOf(text) is >= 0 and var found)
            {
                return from + found + text.Length;
            }

            from = Math.Max(from, rest.Length - text.Length + 1);
            if (!Fill())
            {
                return -1;
            }
        }
    }

    /// <summary>Where the tag ends, from here: an attribute may hold '>'.</summary>
    private int EndOfTag(int from)
    {
        byte quote = 0;
        for (var i = from; i < Rest.Length || Fill(); i++)
        {
            var c = Rest[i];
            if (c == '>' && quote == 0)
            {
                return i + 1;
            }

            quote = quote != 0 ? (c == quote ? (byte)0 : quote) : c is (byte)'"' or (byte)'\'' ? c : (byte)0;
        }

        return -1;
    }

    /// <summary>True when the attribute's value is asked about, or it is not plain enough to tell.</summary>
    private bool IsAsked(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> attribute)
    {
        while (tag.IndexOf((byte)'=') is >= 0 and var sign)
        {
            var name = tag[..sign].Trim(" \t\r\n"u8);
            var rest = tag[(sign + 1)..].TrimStart(" \t\r\n"u8);
            if (rest is not [(byte)'"' or (byte)'\'', ..] || rest[1..].IndexOf(rest[0]) is not (>= 0 and var length))
            {
                return true;
            }

            if (name.SequenceEqual(attribute))
            {
                var value = rest.Slice(1, length);
                return value.Contains((byte)'&') || !Ascii.IsValid(value) || asks(Encoding.ASCII.GetString(value));
            }

            tag = rest[(length + 2)..];
        }

        return true;
    }

    /// <summary>Reads more behind what is there; false at the end, and where too much waits.</summary>
    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_ready, _end, _start) = (_ready - _start, _end - _start, 0);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MostBytes)
            {
                return false;
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = Inner.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
