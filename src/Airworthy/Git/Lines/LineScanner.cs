namespace Airworthy.Git.Lines;

/// <summary>Reads a stream line by line without copying. Made for git's own output: hundreds of megabytes on a thread of their own.</summary>
internal sealed class LineScanner(Stream stream)
{
    /// <summary>The longest line kept; what is longer is cut there, its rest read and dropped.</summary>
    public const int MaxLineBytes = 1 << 20;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>The next line without its line feed, valid until the next call; false at the end.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var scanned = _start;
        while (true)
        {
            var feed = _buffer.AsSpan(scanned, _end - scanned).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                line = _buffer.AsSpan(_start, scanned + feed - _start);
                _start = scanned + feed + 1;
                return true;
            }

            scanned = _end;
            if (_end - _start > MaxLineBytes)
            {
                return CutOff(out line);
            }

            var kept = _end - _start;
            if (!Fill())
            {
                line = _buffer.AsSpan(_start, _end - _start);
                _start = _end;
                return kept > 0;
            }

            scanned = _start + kept;
        }
    }

    /// <summary>Reads more behind what is kept; false at the end of the stream.</summary>
    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        return count > 0;
    }

    private bool CutOff(out ReadOnlySpan<byte> line)
    {
        var kept = _buffer.AsSpan(_start, MaxLineBytes).ToArray();
        _start = _end;
        while (Fill())
        {
            var feed = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                _start += feed + 1;
                break;
            }

            _start = _end;
        }

        line = kept;
        return true;
    }
}
