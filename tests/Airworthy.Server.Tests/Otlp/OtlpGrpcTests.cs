using System.IO.Compression;
using Airworthy.Model;
using Airworthy.Server.Otlp;
using Airworthy.Storage;
using Airworthy.Telemetry;
using Airworthy.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using Xunit;

namespace Airworthy.Server.Tests.Otlp;

public class OtlpGrpcTests
{
    private static readonly Marshaller<byte[]> s_bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Export_is_taken_plain_and_compressed(string? encoding)
    {
        await using var host = await OtlpHost.StartAsync();
        var headers = encoding is null ? null : new Metadata { { "grpc-internal-encoding-request", encoding } };
        Assert.Empty(await ExportAsync(host, "trace.v1.Trace", OtlpSamples.Traces, headers));
        Assert.Empty(await ExportAsync(host, "logs.v1.Logs", OtlpSamples.Logs, headers));
        Assert.Empty(await ExportAsync(host, "metrics.v1.Metrics", [], headers));

        Assert.Equal(1, Assert.Single(await host.Telemetry.TotalsAsync("shop", null, null, Cancel)).Calls);
        Assert.Single(await host.Telemetry.SightingsAfterAsync(0, 10, Cancel));
    }

    [Fact]
    public async Task The_same_request_over_HTTP_and_gRPC_counts_once()
    {
        await using var host = await OtlpHost.StartAsync();
        await ExportAsync(host, "trace.v1.Trace", OtlpSamples.Traces);
        using var answer = await host.PostAsync("/v1/traces", OtlpSamples.Traces);
        Assert.Equal(1, Assert.Single(await host.Telemetry.TotalsAsync("shop", null, null, Cancel)).Calls);
    }

    [Fact]
    public async Task What_is_not_protobuf_is_an_invalid_argument()
    {
        await using var host = await OtlpHost.StartAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(() => ExportAsync(host, "trace.v1.Trace", OtlpSamples.Traces[..^3]));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Contains("malformed OTLP traces", failure.Status.Detail, StringComparison.Ordinal);
        Assert.Empty(await ExportAsync(host, "trace.v1.Trace", OtlpSamples.Traces));
    }

    [Fact]
    public async Task A_message_over_the_limit_exhausts_the_resource_without_a_time_to_retry()
    {
        await using var host = await OtlpHost.StartAsync(new OtlpOptions { MaxBytes = 1000 });
        foreach (var headers in new[] { null, new Metadata { { "grpc-internal-encoding-request", "gzip" } }, new Metadata { { "grpc-internal-encoding-request", "zstd" } } })
        {
            var failure = await Assert.ThrowsAsync<RpcException>(() => ExportAsync(host, "trace.v1.Trace", new byte[1_000_000], headers));
            Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
            Assert.Null(failure.Trailers.GetValueBytes("grpc-status-details-bin"));
        }
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_unavailable_with_a_time_to_retry()
    {
        await using var host = await OtlpHost.StartAsync(wrap: _ => new BrokenStore());
        var failure = await Assert.ThrowsAsync<RpcException>(() => ExportAsync(host, "trace.v1.Trace", OtlpSamples.Traces));
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Contains("google.rpc.RetryInfo", OtlpSamples.Text(failure.Trailers.GetValueBytes("grpc-status-details-bin")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_asked_for_where_one_is_set()
    {
        await using var host = await OtlpHost.StartAsync(new OtlpOptions { Tokens = new Airworthy.Server.Access.AccessTokens("s3cret", file: null, TimeProvider.System) });
        var failure = await Assert.ThrowsAsync<RpcException>(() => ExportAsync(host, "trace.v1.Trace", OtlpSamples.Traces));
        Assert.Equal(StatusCode.Unauthenticated, failure.StatusCode);
        Assert.Empty(await ExportAsync(host, "trace.v1.Trace", OtlpSamples.Traces, new Metadata { { "authorization", "Bearer s3cret" } }));
    }

    [Fact]
    public async Task A_bomb_is_refused_before_it_fills_the_memory_and_one_without_a_token_before_it_is_opened()
    {
        // 100 MB of zeros in 100 KB, as a sender with a grudge would frame them.
        var bomb = OtlpSamples.Gzip(new byte[100_000_000]);
        byte[] frame = [1, .. BitConverter.GetBytes(bomb.Length).Reverse(), .. bomb];
        await using var host = await OtlpHost.StartAsync(new OtlpOptions { MaxBytes = 1_000_000 });
        await using var closed = await OtlpHost.StartAsync(new OtlpOptions { Tokens = new Airworthy.Server.Access.AccessTokens("s3cret", file: null, TimeProvider.System) });
        await RawAsync(host, frame);
        var before = GC.GetTotalAllocatedBytes();

        Assert.Equal(["8", "16"], [await RawAsync(host, frame), await RawAsync(closed, frame)]);

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 20_000_000);
        Assert.Empty(await ExportAsync(host, "trace.v1.Trace", OtlpSamples.Traces));
    }

    [Fact]
    public async Task Who_sends_a_byte_at_a_time_is_cut_off_and_gives_its_place_back()
    {
        await using var host = await OtlpHost.StartAsync(new OtlpOptions { MaxReadTime = TimeSpan.FromMilliseconds(200), MaxConcurrentRequests = 1 });
        using var http = new HttpClient();
        using var slow = new HttpRequestMessage(HttpMethod.Post, new Uri(host.GrpcAddress, ExportPath))
        {
            Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new EndlessContent([0, 0, 0, 1, 0]),
        };
        slow.Content.Headers.ContentType = new("application/grpc");
        slow.Headers.TE.ParseAdd("trailers");

        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(slow, Cancel));

        Assert.Empty(await ExportAsync(host, "trace.v1.Trace", OtlpSamples.Traces));
    }

    private const string ExportPath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    /// <summary>Sends a frame as it is; the status it is answered by.</summary>
    private static async Task<string> RawAsync(OtlpHost host, byte[] frame)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.GrpcAddress, ExportPath))
        {
            Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(frame),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.TE.ParseAdd("trailers");
        request.Headers.Add("grpc-encoding", "gzip");
        using var answer = await http.SendAsync(request, Cancel);
        await answer.Content.ReadAsByteArrayAsync(Cancel);
        return (answer.TrailingHeaders.TryGetValues("grpc-status", out var told) || answer.Headers.TryGetValues("grpc-status", out told)) ? told.Single() : "none";
    }

    private static async Task<byte[]> ExportAsync(OtlpHost host, string service, byte[] message, Metadata? headers = null)
    {
        using var channel = GrpcChannel.ForAddress(
            host.GrpcAddress, new GrpcChannelOptions { CompressionProviders = [new GzipCompressionProvider(CompressionLevel.Fastest), new ZstdStream.Provider()] });
        var export = new Method<byte[], byte[]>(MethodType.Unary, $"opentelemetry.proto.collector.{service}Service", "Export", s_bytes, s_bytes);
        return await channel.CreateCallInvoker().AsyncUnaryCall(export, null, new CallOptions(headers, cancellationToken: Cancel), message);
    }

    private sealed class BrokenStore : StubStore
    {
        public override Task<bool> AppendAsync(TelemetryBatch batch, CancellationToken cancel) =>
            throw new StorageException(Fault.Unavailable, "the disk is full");
    }

    /// <summary>A body that begins and never ends.</summary>
    private sealed class EndlessContent(byte[] beginning) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(beginning, Cancel);
            await stream.FlushAsync(Cancel);
            await new TaskCompletionSource().Task.WaitAsync(Cancel);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
