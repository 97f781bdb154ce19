using System.IO.Pipelines;
using Airworthy.Probes.Recording;
using Microsoft.AspNetCore.Http.Features;

namespace Airworthy.Probes.AspNetCore;

/// <summary>The server's own way to answer, of which the first bytes are kept.</summary>
internal sealed class CopiedResponse(IHttpResponseBodyFeature inner, BoundedCopy copy) : IHttpResponseBodyFeature
{
    private CopiedStream? _stream;
    private CopiedWriter? _writer;

    public Stream Stream => _stream ??= new CopiedStream(inner.Stream, copy);

    public PipeWriter Writer => _writer ??= new CopiedWriter(inner.Writer, copy);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        copy.Miss("file");
        return inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public Task CompleteAsync() => inner.CompleteAsync();

    /// <summary>Copies what is written when it is said how much that was.</summary>
    private sealed class CopiedWriter(PipeWriter inner, BoundedCopy copy) : PipeWriter
    {
        private Memory<byte> _given;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _given = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            if (bytes <= _given.Length)
            {
                copy.Add(_given.Span[..bytes]);
            }

            // What comes next without asking again is written behind.
            _given = bytes <= _given.Length ? _given[bytes..] : default;
            inner.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            copy.Add(source.Span);
            return inner.WriteAsync(source, cancellationToken);
        }

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
    }
}
