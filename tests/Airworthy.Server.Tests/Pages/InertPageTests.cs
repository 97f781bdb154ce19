using Airworthy.Server.Pages;
using Xunit;

namespace Airworthy.Server.Tests.Pages;

public class InertPageTests
{
    [Fact]
    public async Task A_page_shows_no_text_that_turns_around_or_hides()
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var answer = await server.Http.GetAsync(new Uri("/incidents/gp%E2%80%AEj.exe%E2%80%8B-7", UriKind.Relative), TestContext.Current.CancellationToken);

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("gpj.exe-7", page, StringComparison.Ordinal);
        Assert.DoesNotContain("202E", page, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("text/html", answer.Content.Headers.ContentType?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a&#x202E;b", "ab")]
    [InlineData("a&#8238;b", "ab")]
    [InlineData("a\u202Eb\u200Bc\u0007d", "abcd")]
    [InlineData("&lt;&#x27;\n\t&#xE9;\u00E9&#128512;", "&lt;&#x27;\n\t&#xE9;\u00E9&#128512;")]
    [InlineData("&#; &#x; &#x110000; &#zz; &#12", "&#; &#x; &#x110000; &#zz; &#12")]
    public void What_does_not_show_is_gone_and_the_rest_as_it_was(string html, string clean) => Assert.Equal(clean, InertPage.Clean(html));
}
