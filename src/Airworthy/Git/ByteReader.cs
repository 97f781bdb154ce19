namespace Airworthy.Git;

/// <summary>Reads git's output piece by piece: up to a terminator, or a number of bytes.</summary>
internal sealed class ByteReader(Stream stream, int maxPiece = ByteReader.DefaultMaxPiece)
{
    /// <summary>The longest piece taken by default; what is longer is cut there, its rest read and dropped.</summary>
    public const int DefaultMaxPiece = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>
    /// The bytes up to <paramref name="terminator"/>, without it; null at the end of the stream. Valid until the next call.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadToAsync(byte terminator, CancellationToken cancel)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(terminator);
            if (found >= 0)
            {
                var piece = _buffer.AsMemory(_start, searched + found);
                _start += searched + found + 1;
                return piece;
            }

            searched = _end - _start;
            if (searched > maxPiece)
            {
                return await CutAsync(terminator, cancel);
            }

            if (!await FillAsync(cancel))
            {
                if (_start == _end)
                {
                    return null;
                }

                var rest = _buffer.AsMemory(_start, _end - _start);
                _start = _end;
                return rest;
            }
        }
    }

    /// <summary>Exactly <paramref name="count"/> bytes.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    public async ValueTask<byte[]> ReadExactlyAsync(int count, CancellationToken cancel)
    {
        var bytes = new byte[count];
        var have = Math.Min(count, _end - _start);
        _buffer.AsSpan(_start, have).CopyTo(bytes);
        _start += have;
        await stream.ReadExactlyAsync(bytes.AsMemory(have), cancel);
        return bytes;
    }

    /// <summary>Reads and drops <paramref name="count"/> bytes.</summary>
    public async ValueTask SkipAsync(long count, CancellationToken cancel)
    {
        while (count > 0)
        {
            if (_start == _end && !await FillAsync(cancel))
            {
                throw new EndOfStreamException();
            }

            var step = (int)Math.Min(count, _end - _start);
            _start += step;
            count -= step;
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> CutAsync(byte terminator, CancellationToken cancel)
    {
        var kept = _buffer.AsMemory(_start, maxPiece).ToArray();
        _start = _end;
        while (_start != _end || await FillAsync(cancel))
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf(terminator);
            if (found >= 0)
            {
                _start += found + 1;
                break;
            }

            _start = _end;
        }

        return kept;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancel);
        _end += read;
        return read > 0;
    }
}
