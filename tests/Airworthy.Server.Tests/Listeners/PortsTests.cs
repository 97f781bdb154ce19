using System.Net;
using Airworthy.Model;
using Xunit;

namespace Airworthy.Server.Tests.Listeners;

public class PortsTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/overview")]
    [InlineData("/healthz")]
    [InlineData("/openapi/v1.json")]
    public async Task Pages_and_API_are_not_served_where_telemetry_arrives(string path)
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var answer = await server.Otlp.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Telemetry_is_not_taken_where_pages_are_served()
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var refused = await server.PostAsync("/v1/traces", "{}");
        await server.SendOtlpAsync("/v1/traces", "{}");

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task A_forged_Host_does_not_open_another_port()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Otlp.BaseAddress!, "/api/overview"));
        request.Headers.Host = server.Http.BaseAddress!.Authority;

        using var answer = await server.Otlp.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_one_sentence()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var taken = server.Http.BaseAddress!;

        var refused = await Assert.ThrowsAsync<ServerException>(
            () => ServerUnderTest.StartAsync(options => options with { Http = taken.AbsoluteUri.TrimEnd('/') }));

        Assert.Equal(Fault.Unavailable, refused.Fault);
        Assert.Contains(taken.Authority, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
