using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Airworthy.Server.Access;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace Airworthy.Server.Tests.Access;

/// <summary>Tokens for one thing each, made and taken away while the server runs.</summary>
public sealed class ScopedTokenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-tokens-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TokenFile Tokens => new(Path.Combine(_folder, "tokens.json"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_token_opens_what_it_is_for_and_nothing_else()
    {
        var ingest = Add("shop", AccessScope.Ingest);
        var read = Add("dashboard", AccessScope.Read);
        var write = Add("admin", AccessScope.Write);
        await using var server = await StartAsync();

        Assert.Equal("200 403 403 200", await StatusesAsync(server, ingest));
        Assert.Equal("403 200 403 403", await StatusesAsync(server, read));
        Assert.Equal("403 403 400 403", await StatusesAsync(server, write));
        Assert.Equal("401 401 401 401", await StatusesAsync(server, "aw_nobody"));
        Assert.Equal("401 401 401 401", await StatusesAsync(server, null));
    }

    [Theory]
    [InlineData("/ofrep/v1/evaluate/flags", """{"context":{"targetingKey":"ada"}}""", HttpStatusCode.OK)]
    [InlineData("/api/rollout/flagger", """{"name":"shop","namespace":"prod","phase":"Progressing","metadata":{"revision":"0b718ecca62e"}}""", HttpStatusCode.NotFound)]
    public async Task What_only_asks_needs_a_token_for_reading_though_it_is_posted(string path, string body, HttpStatusCode answered)
    {
        var read = Add("rollouts", AccessScope.Read);
        var ingest = Add("shop", AccessScope.Ingest);
        await using var server = await StartAsync();

        async Task<HttpStatusCode> PostAsync(string token)
        {
            // As Go's client, and so Flagger, sends what stands before the host of an address.
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"airworthy:{token}")));
            using var answer = await server.Http.SendAsync(request, Cancel);
            return answer.StatusCode;
        }

        Assert.Equal((answered, HttpStatusCode.Forbidden), (await PostAsync(read), await PostAsync(ingest)));
    }

    [Fact]
    public async Task Over_gRPC_the_wrong_scope_is_permission_denied()
    {
        var read = Add("dashboard", AccessScope.Read);
        await using var server = await StartAsync();
        using var channel = GrpcChannel.ForAddress(server.OtlpGrpc);
        var method = new Method<byte[], byte[]>(
            MethodType.Unary, "opentelemetry.proto.collector.trace.v1.TraceService", "Export", Marshallers.Create(b => b, b => b), Marshallers.Create(b => b, b => b));

        async Task<StatusCode> CallAsync(string token)
        {
            using var call = channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(new Metadata { { "authorization", $"Bearer {token}" } }, cancellationToken: Cancel), []);
            return (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode;
        }

        Assert.Equal((StatusCode.PermissionDenied, StatusCode.Unauthenticated), (await CallAsync(read), await CallAsync("aw_nobody")));
    }

    [Fact]
    public async Task A_token_ends_at_its_time_and_the_answer_says_so()
    {
        await using var server = await StartAsync();
        var token = Tokens.Add("shop", [AccessScope.Read], server.Time.GetUtcNow(), server.Time.GetUtcNow().AddHours(1));
        Assert.Equal(200, await StatusAsync(server, token));

        server.Time.Skip(TimeSpan.FromHours(2));

        using var answer = await GetAsync(server, token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("The token shop expired at ", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_made_or_revoked_while_the_server_runs_counts_at_once_and_it_never_opens_again()
    {
        await using var server = await StartAsync();
        Assert.Equal(200, await StatusAsync(server, null));

        var token = Add("one", AccessScope.Read);
        Assert.Equal((401, 200), (await StatusAsync(server, null), await StatusAsync(server, token)));

        Tokens.Revoke("one");
        Assert.Equal((401, 401), (await StatusAsync(server, null), await StatusAsync(server, token)));

        File.Delete(Tokens.Path);
        Assert.Equal(401, await StatusAsync(server, null));
    }

    [Fact]
    public async Task A_file_that_broke_opens_nothing()
    {
        var token = Add("one", AccessScope.Read);
        await using var server = await StartAsync();
        await File.WriteAllTextAsync(Tokens.Path, "[{\"name\":\"one\"}]", Cancel);
        Assert.Equal(401, await StatusAsync(server, token));
        var fault = Assert.Throws<ServerException>(() => Tokens.Read());
        Assert.Contains("is no file of tokens", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_of_another_origin_is_let_read_anything()
    {
        await using var server = await StartAsync();
        foreach (var (client, path) in new[] { (server.Http, "/api/overview"), (server.Http, "/hooks/github"), (server.Otlp, "/v1/traces") })
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, new Uri(path, UriKind.Relative));
            preflight.Headers.Add("Origin", "https://elsewhere.example");
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            using var answer = await client.SendAsync(preflight, Cancel);
            Assert.False(answer.IsSuccessStatusCode);
            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    private string Add(string name, AccessScope scope) => Tokens.Add(name, [scope], TimeProvider.System.GetUtcNow(), expires: null);

    private Task<ServerUnderTest> StartAsync() => ServerUnderTest.StartAsync(options => options with { TokensFile = Tokens.Path });

    /// <summary>Sending telemetry, reading, changing, telling a deployment.</summary>
    private static async Task<string> StatusesAsync(ServerUnderTest server, string? token)
    {
        server.Http.DefaultRequestHeaders.Authorization = server.Otlp.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var json = new StringContent("{}", MediaTypeHeaderValue.Parse("application/json"));
        using var sent = await server.Otlp.PostAsync(new Uri("/v1/traces", UriKind.Relative), json, Cancel);
        using var read = await server.Http.GetAsync(new Uri("/api/overview", UriKind.Relative), Cancel);
        using var changed = await server.PostAsync("/api/repositories", "{}");
        using var told = await server.PostAsync("/api/deployments", """{"service":"shop","revision":"1.0"}""");
        return $"{(int)sent.StatusCode} {(int)read.StatusCode} {(int)changed.StatusCode} {(int)told.StatusCode}";
    }

    private static async Task<int> StatusAsync(ServerUnderTest server, string? token)
    {
        using var answer = await GetAsync(server, token);
        return (int)answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> GetAsync(ServerUnderTest server, string? token)
    {
        server.Http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await server.Http.GetAsync(new Uri("/api/overview", UriKind.Relative), Cancel);
    }
}
