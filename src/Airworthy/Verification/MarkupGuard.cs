namespace Airworthy.Verification;

/// <summary>
/// XML on its way to a parser, which holds a whole tag in memory: where so many bytes pass without one that opens or closes a tag, the text is no
/// report, and reading it ends. Works on any encoding whose angle brackets hold the bytes of ASCII, as UTF-8 and UTF-16 do.
/// </summary>
/// <param name="inner">What is read.</param>
/// <param name="refused">What to end with.</param>
internal sealed class MarkupGuard(Stream inner, Func<Exception> refused) : Stream
{
    /// <summary>The most bytes of one tag, or of one piece of text.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private long _since;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        var (first, last) = (buffer[..read].IndexOfAny((byte)'<', (byte)'>'), buffer[..read].LastIndexOfAny((byte)'<', (byte)'>'));
        var most = _since + (first < 0 ? read : first);
        _since = last < 0 ? most : read - last;
        return most <= MostBytes ? read : throw refused();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
