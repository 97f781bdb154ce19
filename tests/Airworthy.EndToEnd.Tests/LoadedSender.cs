using System.Net.Http.Headers;
using System.Text.Json;
using Airworthy.Testing;
using Grpc.Core;
using Grpc.Net.Client;

namespace Airworthy.EndToEnd.Tests;

/// <summary>Sends one batch after another, over HTTP or gRPC, until the server is gone, and remembers what was acknowledged. Each batch is one span of its own.</summary>
internal sealed class LoadedSender(string name)
{
    private static readonly Method<byte[], byte[]> s_export = new(
        MethodType.Unary,
        "opentelemetry.proto.collector.trace.v1.TraceService",
        "Export",
        Marshallers.Create(bytes => bytes, bytes => bytes),
        Marshallers.Create(bytes => bytes, bytes => bytes));

    private volatile int _acknowledged;

    /// <summary>The batches that were sent, acknowledged or not.</summary>
    public List<byte[]> Sent { get; } = [];

    /// <summary>How many of the first batches were acknowledged.</summary>
    public int Acknowledged => _acknowledged;

    /// <summary>Sends over HTTP, as JSON, until it fails.</summary>
    public async Task SendUntilGoneAsync(Uri otlp, CancellationToken cancel)
    {
        using var http = new HttpClient();
        while (await TrySendAsync(http, otlp, Next(), cancel))
        {
            _acknowledged++;
        }
    }

    /// <summary>Sends over gRPC, as protobuf, until it fails.</summary>
    public async Task SendUntilGoneByGrpcAsync(Uri otlp, CancellationToken cancel)
    {
        using var channel = GrpcChannel.ForAddress(otlp);
        var invoker = channel.CreateCallInvoker();
        try
        {
            while (true)
            {
                using var call = invoker.AsyncUnaryCall(s_export, null, new CallOptions(cancellationToken: cancel), Next());
                await call;
                _acknowledged++;
            }
        }
        catch (RpcException)
        {
            // The server was killed: what it did not acknowledge may be there or not.
        }
    }

    /// <summary>Sends all that was acknowledged once more, as a sender does that lost the answers.</summary>
    public async Task RepeatAsync(Uri otlp, string contentType, CancellationToken cancel)
    {
        using var http = new HttpClient();
        foreach (var batch in Sent.Take(Acknowledged))
        {
            using var content = new ByteArrayContent(batch);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            using var answer = await http.PostAsync(new Uri(otlp, "v1/traces"), content, cancel);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>The calls that a server counts of this sender's service.</summary>
    public async Task<long> CountedAsync(Uri server, CancellationToken cancel)
    {
        using var http = new HttpClient();
        using var evidence = JsonDocument.Parse(await http.GetStringAsync(new Uri(server, $"api/evidence?service={name}"), cancel));
        return evidence.RootElement.GetProperty("units").EnumerateArray().Sum(unit => unit.GetProperty("calls").GetInt64());
    }

    private static async Task<bool> TrySendAsync(HttpClient http, Uri otlp, byte[] batch, CancellationToken cancel)
    {
        using var content = new ByteArrayContent(batch);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        try
        {
            using var answer = await http.PostAsync(new Uri(otlp, "v1/traces"), content, cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private byte[] Next()
    {
        var batch = OneSpan.Of(name, Sent.Count, isJson: !name.StartsWith("grpc", StringComparison.Ordinal));
        Sent.Add(batch);
        return batch;
    }
}
