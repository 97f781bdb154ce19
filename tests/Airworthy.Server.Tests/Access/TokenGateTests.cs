using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Airworthy.Server.Tests.Access;

public class TokenGateTests
{
    private const string Token = "0123456789abcdef";

    [Theory]
    [InlineData(null, null)]
    [InlineData("Bearer", "0123456789abcde")]
    [InlineData("Bearer", "0123456789abcdef0")]
    [InlineData("Basic", "not base64")]
    [InlineData("Negotiate", Token)]
    public async Task Without_the_token_nothing_but_health_is_told(string? scheme, string? parameter)
    {
        await using var server = await ServerUnderTest.StartAsync(options => options with { Token = Token });
        server.Http.DefaultRequestHeaders.Authorization = scheme is null ? null : new AuthenticationHeaderValue(scheme, parameter);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, "/api/overview"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, "/openapi/v1.json"));
        using var asked = await server.PostAsync("/mcp", "{}");
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "/healthz"));
    }

    [Fact]
    public async Task The_token_opens_as_bearer_and_as_a_browsers_password()
    {
        await using var server = await ServerUnderTest.StartAsync(options => options with { Token = Token });

        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "/api/overview"));

        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"anyone:{Token}"));
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", basic);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "/api/overview"));
    }

    [Fact]
    public async Task Telemetry_needs_the_token_too()
    {
        await using var server = await ServerUnderTest.StartAsync(options => options with { Token = Token });
        using var json = new StringContent("{}", MediaTypeHeaderValue.Parse("application/json"));

        using var refused = await server.Otlp.PostAsync(new Uri("/v1/traces", UriKind.Relative), json, TestContext.Current.CancellationToken);
        server.Otlp.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        await server.SendOtlpAsync("/v1/traces", "{}");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(ServerUnderTest server, string path)
    {
        using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
