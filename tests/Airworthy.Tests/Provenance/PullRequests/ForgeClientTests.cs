using System.Globalization;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Provenance.PullRequests;

public class ForgeClientTests
{
    [Fact]
    public async Task Pages_are_read_until_one_is_not_full()
    {
        await using var forge = new ForgeStub(path => ForgeStub.Json(path.EndsWith("&page=1", StringComparison.Ordinal) ? Page(1, 100) : Page(101, 3)));

        var requests = await ReadAsync(forge, Forge.GitHub);

        Assert.Equal(Enumerable.Range(1, 103), requests.Select(request => request.Number));
        Assert.Equal(2, forge.Asked.Count);
        Assert.StartsWith("GET /api/v3/repos/o/r/pulls?state=all&per_page=100&page=1 ", forge.Asked.First(), StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer t0ken\n", forge.Asked.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gitlab_is_asked_in_its_own_way()
    {
        await using var forge = new ForgeStub(_ => ForgeStub.Json("""[{"iid":7,"source_branch":"claude/fix"}]"""));

        Assert.Equal("claude/fix", Assert.Single(await ReadAsync(forge, Forge.GitLab)).Branch);
        Assert.StartsWith("GET /api/v4/projects/o%2Fr/merge_requests?", forge.Asked.Single(), StringComparison.Ordinal);
        Assert.Contains("PRIVATE-TOKEN: t0ken\n", forge.Asked.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("401 Unauthorized", "", "the token in AIRWORTHY_GITHUB_TOKEN is not accepted")]
    [InlineData("403 Forbidden", "", "the token in AIRWORTHY_GITHUB_TOKEN is not accepted")]
    [InlineData("403 Forbidden", "x-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1777777777\r\n", "its limit of requests is used up until 03:09 UTC")]
    [InlineData("429 Too Many Requests", "", "its limit of requests is used up")]
    [InlineData("404 Not Found", "", "it knows no repository 'o/r'")]
    [InlineData("301 Moved Permanently", "Location: http://127.0.0.1:1/elsewhere\r\n", "has moved")]
    [InlineData("500 Internal Server Error", "", "it answered 500")]
    public async Task A_refusal_is_told_with_what_to_do(string status, string headers, string told)
    {
        await using var forge = new ForgeStub(_ => ForgeStub.Answer(status, "{}", headers));

        var refused = await Assert.ThrowsAsync<PullRequestException>(() => ReadAsync(forge, Forge.GitHub));

        Assert.Equal(Fault.Unavailable, refused.Fault);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", refused.Message, StringComparison.Ordinal);
        Assert.Single(forge.Asked);
    }

    [Fact]
    public async Task An_answer_of_another_form_is_bad_input()
    {
        await using var forge = new ForgeStub(_ => ForgeStub.Json("<html>"));

        var refused = await Assert.ThrowsAsync<PullRequestException>(() => ReadAsync(forge, Forge.GitHub));

        Assert.Equal(Fault.BadInput, refused.Fault);
        Assert.StartsWith("page 1 of 127.0.0.1 is not a JSON array", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forge_that_never_answers_is_given_up()
    {
        await using var forge = new ForgeStub(_ => null);

        var refused = await Assert.ThrowsAsync<PullRequestException>(() => ReadAsync(forge, Forge.GitHub, TimeSpan.FromMilliseconds(200)));

        Assert.Equal(Fault.Unavailable, refused.Fault);
        Assert.Contains("did not give page 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forge_that_is_not_there_is_told()
    {
        Uri address;
        await using (var forge = new ForgeStub(_ => null))
        {
            address = forge.Address;
        }

        using var client = new ForgeClient(new ForgeRepository(Forge.GitHub, address, "o/r"), "t0ken");
        var refused = await Assert.ThrowsAsync<PullRequestException>(() => ReadAsync(client));

        Assert.StartsWith("127.0.0.1 can't be asked for pull requests", refused.Message, StringComparison.Ordinal);
    }

    private static string Page(int first, int count) =>
        $"[{string.Join(',', Enumerable.Range(first, count).Select(number => string.Create(CultureInfo.InvariantCulture, $$"""{"number":{{number}}}""")))}]";

    private static async Task<List<PullRequest>> ReadAsync(ForgeStub stub, Forge forge, TimeSpan? timeout = null)
    {
        var repository = ForgeRepository.Find(forge, $"{stub.Address}o/r.git", stub.Address);
        using var client = new ForgeClient(repository, "t0ken", timeout);
        return await ReadAsync(client);
    }

    private static async Task<List<PullRequest>> ReadAsync(ForgeClient client)
    {
        var requests = new List<PullRequest>();
        await foreach (var request in client.ReadAsync(TestContext.Current.CancellationToken))
        {
            requests.Add(request);
        }

        return requests;
    }
}
