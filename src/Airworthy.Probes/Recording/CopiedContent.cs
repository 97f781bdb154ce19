using System.Net;

namespace Airworthy.Probes.Recording;

/// <summary>The body of an outward request or answer, of which the first bytes are kept while it is sent or read.</summary>
internal sealed class CopiedContent : HttpContent
{
    private readonly HttpContent _inner;

    private CopiedContent(HttpContent inner, BoundedCopy copy)
    {
        (_inner, Copy) = (inner, copy);
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    public BoundedCopy Copy { get; private set; }

    /// <summary>The content, copied from now on. One that is sent again, as after a failure, is copied anew.</summary>
    public static CopiedContent Of(HttpContent content, int most)
    {
        var copy = new BoundedCopy(most);
        if (content is not CopiedContent already)
        {
            return new CopiedContent(content, copy);
        }

        already.Copy = copy;
        return already;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var to = new CopiedStream(stream, Copy);
        await _inner.CopyToAsync(to, context, cancellationToken).ConfigureAwait(false);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _inner.CopyTo(new CopiedStream(stream, Copy), context, cancellationToken);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => new CopiedStream(_inner.ReadAsStream(cancellationToken), Copy);

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new CopiedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), Copy);

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
