using System.IO.Compression;
using Grpc.Net.Compression;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Airworthy.Server.Otlp;

/// <summary>
/// Reads what was compressed by zstd (RFC 8878), with the window that the RFC has every reader offer, 8 MiB: a sender can't make it hold more. Broken data
/// is told as gzip's is.
/// </summary>
internal sealed class ZstdStream : DecompressionStream
{
    private const int LargestWindowLog = 23;

    public ZstdStream(Stream stream)
        : base(stream, leaveOpen: true) => SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, LargestWindowLog);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return base.Read(buffer);
        }
        catch (Exception broken) when (broken is ZstdException or EndOfStreamException)
        {
            throw Broken(broken);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception broken) when (broken is ZstdException or EndOfStreamException)
        {
            throw Broken(broken);
        }
    }

    private static InvalidDataException Broken(Exception cause) => new("The data is not zstd, or it is cut short.", cause);

    /// <summary>zstd for gRPC, whose requests say <c>grpc-encoding: zstd</c>.</summary>
    internal sealed class Provider : ICompressionProvider
    {
        public string EncodingName => "zstd";

        public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => new CompressionStream(stream, leaveOpen: true);

        public Stream CreateDecompressionStream(Stream stream) => new ZstdStream(stream);
    }
}
