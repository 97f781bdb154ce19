using System.Net;
using System.Text.Json;
using Airworthy.Model;
using Airworthy.Server.Otlp;
using Airworthy.Storage;
using Airworthy.Telemetry;
using Airworthy.Testing;
using CsCheck;
using Xunit;

namespace Airworthy.Server.Tests.Otlp;

public class OtlpHttpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/x-protobuf", null)]
    [InlineData("application/x-protobuf", "gzip")]
    [InlineData("application/x-protobuf", "zstd")]
    [InlineData("application/json", "ZSTD")]
    [InlineData("application/x-protobuf", "identity")]
    [InlineData("application/json", null)]
    [InlineData("application/json; charset=utf-8", "gzip")]
    public async Task A_request_is_taken_and_answered_as_it_was_written(string contentType, string? encoding)
    {
        await using var host = await OtlpHost.StartAsync();
        var json = contentType.Contains("json", StringComparison.Ordinal);
        var body = json ? OtlpSamples.TracesJson : OtlpSamples.Traces;
        using var answer = await host.PostAsync("/v1/traces", OtlpSamples.Encoded(body, encoding?.ToLowerInvariant()), contentType, encoding);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(json ? "application/json" : "application/x-protobuf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(json ? "{ }" : "", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("GET /", Assert.Single(await host.Telemetry.TotalsAsync("shop", null, null, Cancel)).Location.Operation);
    }

    [Fact]
    public async Task Logs_and_metrics_have_their_own_paths()
    {
        await using var host = await OtlpHost.StartAsync();
        using var logs = await host.PostAsync("/v1/logs", OtlpSamples.Logs);
        using var metrics = await host.PostAsync("/v1/metrics", []);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (logs.StatusCode, metrics.StatusCode));
        Assert.Equal("E", Assert.Single(await host.Telemetry.SightingsAfterAsync(0, 10, Cancel)).Sighting.Type);
    }

    [Fact]
    public async Task A_request_sent_again_is_answered_and_counted_once()
    {
        await using var host = await OtlpHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await host.PostAsync("/v1/traces", i == 1 ? OtlpSamples.Gzip(OtlpSamples.Traces) : OtlpSamples.Traces, contentEncoding: i == 1 ? "gzip" : null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(1, Assert.Single(await host.Telemetry.TotalsAsync("shop", null, null, Cancel)).Calls);
    }

    public static TheoryData<string, byte[], string?, string?, HttpStatusCode> Refused => new()
    {
        { "cut short", OtlpSamples.Traces[..^3], "application/x-protobuf", null, HttpStatusCode.BadRequest },
        { "not protobuf", "hello"u8.ToArray(), "application/x-protobuf", null, HttpStatusCode.BadRequest },
        { "not JSON", "hello"u8.ToArray(), "application/json", null, HttpStatusCode.BadRequest },
        { "JSON cut short", OtlpSamples.TracesJson[..^3], "application/json", null, HttpStatusCode.BadRequest },
        { "not gzip", OtlpSamples.Traces, "application/x-protobuf", "gzip", HttpStatusCode.BadRequest },
        { "gzip cut short", OtlpSamples.Gzip(OtlpSamples.Traces)[..^12], "application/x-protobuf", "gzip", HttpStatusCode.BadRequest },
        { "another compression", OtlpSamples.Traces, "application/x-protobuf", "deflate", HttpStatusCode.UnsupportedMediaType },
        { "not zstd", OtlpSamples.Traces, "application/x-protobuf", "zstd", HttpStatusCode.BadRequest },
        { "zstd cut short", OtlpSamples.Zstd(OtlpSamples.Traces)[..^12], "application/x-protobuf", "zstd", HttpStatusCode.BadRequest },
        { "a zstd bomb", OtlpSamples.Zstd(new byte[10_000_000]), "application/x-protobuf", "zstd", HttpStatusCode.RequestEntityTooLarge },
        { "two compressions", OtlpSamples.Traces, "application/x-protobuf", "gzip, gzip", HttpStatusCode.UnsupportedMediaType },
        { "text", OtlpSamples.TracesJson, "text/plain", null, HttpStatusCode.UnsupportedMediaType },
        { "a form", OtlpSamples.TracesJson, "application/x-www-form-urlencoded", null, HttpStatusCode.UnsupportedMediaType },
        { "no type", OtlpSamples.Traces, null, null, HttpStatusCode.UnsupportedMediaType },
        { "too large as sent", new byte[5000], "application/x-protobuf", null, HttpStatusCode.RequestEntityTooLarge },
        { "a gzip bomb", OtlpSamples.Gzip(new byte[10_000_000]), "application/x-protobuf", "gzip", HttpStatusCode.RequestEntityTooLarge },
        { "too large in gzip", [.. Enumerable.Repeat((byte)7, 25_000)], "application/x-protobuf", "gzip", HttpStatusCode.RequestEntityTooLarge },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Bad_input_gets_its_status_and_a_reason_and_the_server_stays_up(
        string why, byte[] body, string? contentType, string? encoding, HttpStatusCode expected)
    {
        await using var host = await OtlpHost.StartAsync(new OtlpOptions { MaxBytes = 4000, MaxCompressedBytes = 20_000 });
        using var answer = await host.PostAsync("/v1/traces", body, contentType, encoding);
        Assert.True(expected == answer.StatusCode, $"{why}: {answer.StatusCode}");

        var json = contentType == "application/json";
        Assert.Equal(json ? "application/json" : "application/x-protobuf", answer.Content.Headers.ContentType!.MediaType);
        var reason = await answer.Content.ReadAsByteArrayAsync(Cancel);
        if (json)
        {
            using var status = JsonDocument.Parse(reason);
            Assert.NotEmpty(status.RootElement.GetProperty("message").GetString()!);
        }
        else
        {
            // google.rpc.Status: field 1 is the code, field 2 the message.
            Assert.Equal(1 << 3, reason[0]);
            Assert.Equal((2 << 3) | 2, reason[2]);
        }

        Assert.Null(answer.Headers.RetryAfter);
        using var after = await host.PostAsync("/v1/traces", OtlpSamples.Traces);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task A_body_without_a_length_is_bounded_too()
    {
        await using var host = await OtlpHost.StartAsync(new OtlpOptions { MaxBytes = 4000, MaxCompressedBytes = 4000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces") { Content = new StreamContent(new MemoryStream(new byte[100_000])) };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new("application/x-protobuf");
        using var answer = await host.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("Basic s3cret", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer s3cret", HttpStatusCode.OK)]
    [InlineData("bearer s3cret", HttpStatusCode.OK)]
    public async Task A_token_is_asked_for_where_one_is_set(string? authorization, HttpStatusCode expected)
    {
        await using var host = await OtlpHost.StartAsync(new OtlpOptions { Tokens = new Airworthy.Server.Access.AccessTokens("s3cret", file: null, TimeProvider.System) });
        using var answer = await host.PostAsync("/v1/traces", OtlpSamples.Traces, authorization: authorization);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, (await host.Telemetry.TotalsAsync("shop", null, null, Cancel)).Count);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_with_a_time_to_come_again()
    {
        await using var host = await OtlpHost.StartAsync(wrap: _ => new BrokenStore());
        using var answer = await host.PostAsync("/v1/traces", OtlpSamples.TracesJson, "application/json");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
        Assert.Contains("disk", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_beyond_the_limit_are_429_until_a_place_is_free()
    {
        var slow = new SlowStore();
        await using var host = await OtlpHost.StartAsync(new OtlpOptions { MaxConcurrentRequests = 1 }, _ => slow);
        var first = host.PostAsync("/v1/traces", OtlpSamples.Traces);
        await slow.Entered;
        using (var second = await host.PostAsync("/v1/traces", OtlpSamples.Traces))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter!.Delta);
        }

        slow.Leave();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        using var third = await host.PostAsync("/v1/traces", OtlpSamples.Traces);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Requests_that_together_hold_too_many_bytes_are_429()
    {
        await using var host = await OtlpHost.StartAsync(new OtlpOptions { MaxBytesInFlight = 1000 });
        for (var i = 0; i < 3; i++)
        {
            using var tooMuch = await host.PostAsync("/v1/traces", OtlpSamples.Gzip(new byte[2000]), contentEncoding: "gzip");
            Assert.Equal(HttpStatusCode.TooManyRequests, tooMuch.StatusCode);
            using var small = await host.PostAsync("/v1/traces", OtlpSamples.Traces);
            Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        }
    }

    [Fact]
    public async Task Whatever_is_sent_gets_one_of_the_answers()
    {
        await using var host = await OtlpHost.StartAsync();
        string[] types = ["application/x-protobuf", "application/json", "text/plain"];
        string?[] encodings = [null, "gzip", "br"];
        byte[][] seeds = [OtlpSamples.Traces, OtlpSamples.TracesJson, OtlpSamples.Gzip(OtlpSamples.Traces)];
        await Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Select(Gen.Int[0, 500], Gen.Byte).List[0, 5]).SampleAsync(
            async (type, encoding, seed, changes) =>
            {
                var body = seeds[seed].ToArray();
                foreach (var (place, value) in changes)
                {
                    body[place % body.Length] = value;
                }

                using var answer = await host.PostAsync("/v1/traces", body, types[type], encodings[encoding]);
                Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType });
            },
            iter: 500,
            threads: 2);
    }

    private sealed class BrokenStore : StubStore
    {
        public override Task<bool> AppendAsync(TelemetryBatch batch, CancellationToken cancel) =>
            throw new StorageException(Fault.Unavailable, "the disk is full");
    }

    private sealed class SlowStore : StubStore
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<bool> _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public void Leave() => _left.SetResult(true);

        public override Task<bool> AppendAsync(TelemetryBatch batch, CancellationToken cancel)
        {
            _entered.TrySetResult();
            return _left.Task;
        }
    }
}
