using System.Net;
using System.Text.Json;
using Xunit;

namespace Airworthy.Server.Tests.Api;

public class ApiErrorTests
{
    [Theory]
    [InlineData("/api/evidence", HttpStatusCode.BadRequest, "service")]
    [InlineData("/api/evidence?service=shop&from=yesterday", HttpStatusCode.BadRequest, "yesterday")]
    [InlineData("/api/changes?state=happy", HttpStatusCode.BadRequest, "experimental")]
    [InlineData("/api/incidents?limit=0", HttpStatusCode.BadRequest, "1 to 1000")]
    [InlineData("/api/incidents?limit=many", HttpStatusCode.BadRequest, "1 to 1000")]
    [InlineData("/api/incidents/none", HttpStatusCode.NotFound, "none")]
    [InlineData("/api/changes/shop/none", HttpStatusCode.NotFound, "shop")]
    [InlineData("/api/nothing", HttpStatusCode.NotFound, "/openapi/v1.json")]
    public async Task What_is_wrong_is_told_in_one_sentence(string path, HttpStatusCode status, string told)
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        await TellsAsync(answer, status, told);
    }

    [Theory]
    [InlineData("{}", "path")]
    [InlineData("""{"path":"/a","url":"https://a.example/b"}""", "either")]
    [InlineData("""{"path":"relative"}""", "absolute")]
    [InlineData("""{"url":"ext::sh -c id"}""", "absolute")]
    [InlineData("""{"url":"http://example.org/a.git"}""", "https://")]
    [InlineData("""{"url":"https://me:secret@example.org/a.git"}""", "password")]
    [InlineData("""{"url":"ssh://-oProxyCommand=id/a.git"}""", "https://")]
    public async Task A_repository_that_can_not_be_read_is_refused(string json, string told)
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var answer = await server.PostAsync("/api/repositories", json);

        await TellsAsync(answer, HttpStatusCode.BadRequest, told);
    }

    [Fact]
    public async Task Malformed_JSON_is_a_bad_request()
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var answer = await server.PostAsync("/api/repositories", """{"path":""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_request_over_the_limit_is_refused()
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var answer = await server.PostAsync("/api/repositories", $$"""{"path":"{{new string('a', 100_000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private static async Task TellsAsync(HttpResponseMessage answer, HttpStatusCode status, string told)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(text);
        Assert.Contains(told, problem.RootElement.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }
}
