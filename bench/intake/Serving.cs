using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Airworthy.Bench.Intake;

/// <summary>A whole server with durable answers, asked over 1, 8 and 64 connections by each transport; the load is made on the same machine.</summary>
internal static class Serving
{
    private static readonly byte[] s_traceIdField = [0x0A, 0x10];

    public static async Task MeasureAsync(string airworthy, List<byte[]> bodies, TimeSpan turn)
    {
        var data = Directory.CreateTempSubdirectory("airworthy-intake-").FullName;
        var start = new ProcessStartInfo(airworthy) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in new[] { "serve", "--data", data, "--http", "http://127.0.0.1:0", "--otlp-grpc", "http://127.0.0.1:0", "--otlp-http", "http://127.0.0.1:0" })
        {
            start.ArgumentList.Add(argument);
        }

        using var server = Process.Start(start)!;
        try
        {
            var addresses = new List<Uri>();
            while (addresses.Count < 3)
            {
                addresses.Add(new Uri((await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("airworthy serve ended")).Split(' ')[^1]));
            }

            var exports = bodies.ConvertAll(body => (Body: body, TraceIds: TraceIds(body)));
            Console.WriteLine($"{"",-6} {"connections",11} {"spans/s",10} {"p50 ms",8} {"p99 ms",8} {"refused",8} {"MiB",6} {"server CPU",10}");
            foreach (var isGrpc in new[] { false, true })
            {
                foreach (var connections in new[] { 1, 8, 64 })
                {
                    await TurnAsync(isGrpc, isGrpc ? addresses[1] : addresses[2], connections, exports, TimeSpan.FromSeconds(3));
                    server.Refresh();
                    var before = server.TotalProcessorTime;
                    var (spans, times, refused, seconds) = await TurnAsync(isGrpc, isGrpc ? addresses[1] : addresses[2], connections, exports, turn);
                    server.Refresh();
                    times.Sort();
                    Console.WriteLine(
                        $"{(isGrpc ? "gRPC" : "HTTP"),-6} {connections,11} {spans / seconds,10:F0} {times[times.Count / 2],8:F1} {times[(int)(times.Count * 0.99)],8:F1} {refused,8} "
                        + $"{server.WorkingSet64 / 1024 / 1024,6} {(server.TotalProcessorTime - before).TotalSeconds / seconds,10:F2}");
                }
            }
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<(long Spans, List<double> Milliseconds, int Refused, double Seconds)> TurnAsync(
        bool isGrpc, Uri address, int connections, List<(byte[] Body, List<int> TraceIds)> exports, TimeSpan turn)
    {
        var times = new ConcurrentBag<double>();
        var spans = 0L;
        var refused = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(async () =>
        {
            using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
            for (var i = number; clock.Elapsed < turn; i++)
            {
                var (body, traceIds) = exports[i % exports.Count];
                using var request = Request(isGrpc, body, traceIds);
                var began = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(request);
                await answer.Content.ReadAsByteArrayAsync();
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                var isTaken = answer.IsSuccessStatusCode && (!isGrpc || Status(answer) == "0");
                Interlocked.Add(ref spans, isTaken ? Corpus.BatchSpans : 0);
                Interlocked.Add(ref refused, isTaken ? 0 : 1);
            }
        })));
        return (spans, [.. times], refused, clock.Elapsed.TotalSeconds);
    }

    private static string? Status(HttpResponseMessage answer) =>
        (answer.TrailingHeaders.TryGetValues("grpc-status", out var told) || answer.Headers.TryGetValues("grpc-status", out told)) ? told.FirstOrDefault() : null;

    /// <summary>The export with traces of its own: a request that came before counts once, and would be too easy.</summary>
    private static HttpRequestMessage Request(bool isGrpc, byte[] body, List<int> traceIds)
    {
        var head = isGrpc ? 5 : 0;
        var sent = new byte[head + body.Length];
        body.CopyTo(sent, head);
        var shift = RandomNumberGenerator.GetBytes(8);
        foreach (var at in traceIds)
        {
            for (var i = 0; i < shift.Length; i++)
            {
                sent[head + at + i] ^= shift[i];
            }
        }

        if (isGrpc)
        {
            BinaryPrimitives.WriteInt32BigEndian(sent.AsSpan(1), body.Length);
        }

        var request = new HttpRequestMessage(HttpMethod.Post, isGrpc ? "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : "/v1/traces")
        {
            Content = new ByteArrayContent(sent),
            Version = isGrpc ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(isGrpc ? "application/grpc" : "application/x-protobuf");
        if (isGrpc)
        {
            request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        }

        return request;
    }

    /// <summary>Where trace ids stand: before each span's own id.</summary>
    private static List<int> TraceIds(byte[] body)
    {
        var found = new List<int>();
        for (var at = 0; at + 20 < body.Length; at++)
        {
            if (body.AsSpan(at).StartsWith(s_traceIdField) && body[at + 18] == 0x12 && body[at + 19] == 0x08)
            {
                found.Add(at + 2);
            }
        }

        return found;
    }
}
