namespace Airworthy.Verification;

/// <summary>
/// XML on its way to a parser, which holds a whole tag in memory: where so many bytes pass without one that opens or closes a tag, the text is no
/// report, and reading it ends. Works on any encoding whose angle brackets hold the bytes of ASCII, as UTF-8 and UTF-16 do.
/// </summary>
/// <param name="inner">What is read.</param>
/// <param name="refused">What to end with.</param>
internal sealed class MarkupGuard(Stream inner, Func<Exception> refused) : ForwardStream(inner)
{
    /// <summary>The most bytes of one tag, or of one piece of text.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private long _since;

    public override int Read(Span<byte> buffer)
    {
        var read = Inner.Read(buffer);
        var (first, last) = (buffer[..read].IndexOfAny((byte)'<', (byte)'>'), buffer[..read].LastIndexOfAny((byte)'<', (byte)'>'));
        var most = _since + (first < 0 ? read : first);
        _since = last < 0 ? most : read - last;
        return most <= MostBytes ? read : throw refused();
    }
}
