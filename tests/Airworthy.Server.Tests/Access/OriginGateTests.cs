using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Airworthy.Server.Tests.Access;

public class OriginGateTests
{
    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("[::1]:4320", HttpStatusCode.OK)]
    public async Task Without_a_token_only_names_of_this_machine_are_answered_to(string host, HttpStatusCode expected)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/overview");
        request.Headers.Host = host;

        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_site_changes_nothing(string header, string value)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var request = Claim();
        request.Headers.Add(header, value);

        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_servers_own_page_may_change_state()
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var request = Claim();
        request.Headers.Add("Origin", server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));

        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        // It got past the gate: the repository it names is what is wrong.
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_form_can_not_pass_for_JSON(string type)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var request = Claim();
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    private static HttpRequestMessage Claim() => new(HttpMethod.Post, "/api/services/shop/claims")
    {
        Content = new StringContent("""{"repository":"none"}""", MediaTypeHeaderValue.Parse("application/json")),
    };
}
