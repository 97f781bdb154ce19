using System.Globalization;
using System.Text;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance.PullRequests;

public class PullRequestJsonTests
{
    private static readonly CommitId s_merge = TestCommits.Id("merge");

    [Fact]
    public async Task A_request_of_githubs_api_is_read()
    {
        var request = Assert.Single(await ReadAsync($$"""
            [{"number":7,"user":{"login":"Copilot","type":"Bot"},"head":{"ref":"copilot/fix-1","sha":"{{s_merge}}"},"body":"Fixes it.",
              "labels":[{"id":1,"name":"ai-generated"}],"merge_commit_sha":"{{s_merge}}","created_at":"2026-05-01T10:00:00Z","merged_at":"2026-05-02T10:00:00+02:00","unknown":{"a":[1] } }]
            """));

        Assert.Equal(
            (Forge.GitHub, 7, "Copilot", "copilot/fix-1", "Fixes it.", s_merge, (CommitId?)null),
            (request.Forge, request.Number, request.Author, request.Branch, request.Body, request.MergeCommit, request.SquashCommit));
        Assert.Equal(["ai-generated"], request.Labels);
        Assert.Equal(DateTimeOffset.Parse("2026-05-02T08:00:00Z", CultureInfo.InvariantCulture), request.MergedAt);
    }

    [Fact]
    public async Task A_request_of_gitlabs_api_is_read()
    {
        var request = Assert.Single(await ReadAsync($$"""
            [{"id":99,"iid":7,"author":{"username":"ada"},"source_branch":"claude/fix","description":"Done.","labels":["codex","bug"],
              "merge_commit_sha":null,"squash_commit_sha":"{{s_merge}}","merged_at":null}]
            """));

        Assert.Equal(
            (Forge.GitLab, 7, "ada", "claude/fix", "Done.", (CommitId?)null, s_merge),
            (request.Forge, request.Number, request.Author, request.Branch, request.Body, request.MergeCommit, request.SquashCommit));
        Assert.Equal(["codex", "bug"], request.Labels);
        Assert.Null(request.MergedAt);
    }

    [Fact]
    public async Task Pages_in_one_array_and_the_command_lines_own_names_are_read()
    {
        var requests = await ReadAsync($$"""
            [[{"number":1}],[{"number":2,"author":{"login":"ada"},"headRefName":"x","mergeCommit":{"oid":"{{s_merge}}"},"mergedAt":"2026-05-02T10:00:00Z"}],[]]
            """);

        Assert.Equal([1, 2], requests.Select(request => request.Number));
        Assert.Equal(("ada", "x", s_merge), (requests[1].Author, requests[1].Branch, requests[1].MergeCommit));
    }

    [Theory]
    [InlineData("{\"number\":1}", "is not a JSON array of pull requests")]
    [InlineData("[{\"number\":1},", "is not a JSON array of pull requests")]
    [InlineData("", "is not a JSON array of pull requests")]
    [InlineData("pulls", "is not a JSON array of pull requests (line 1, byte 1)")]
    [InlineData("[{\"number\":1},{\"title\":\"x\"}]", "entry 2 is no pull request")]
    [InlineData("[{\"number\":0}]", "entry 1 is no pull request")]
    [InlineData("[{\"number\":99999999999}]", "entry 1 is no pull request")]
    [InlineData("[7]", "entry 1 is no pull request")]
    [InlineData("[{\"number\":1,\"body\":\"\\ud800\"}]", "entry 1 holds text that is not Unicode")]
    public async Task What_is_no_list_of_requests_is_refused_with_its_place(string json, string told)
    {
        var refused = await Assert.ThrowsAsync<PullRequestException>(() => ReadAsync(json));

        Assert.Equal(Fault.BadInput, refused.Fault);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_texts_are_cut()
    {
        var request = Assert.Single(await ReadAsync($$"""[{"number":1,"body":"{{new string('x', 1 << 20)}}","user":{"login":"{{new string('y', 9_000)}}" } }]"""));

        Assert.Equal((1 << 17, 1_000), (request.Body.Length, request.Author.Length));
    }

    [Fact]
    public Task Any_text_is_read_or_refused() =>
        Gen.Select(
                Gen.OneOf("[", "]", "{", "}", "\"number\":1", "\"iid\":2", "\"user\":", "\"labels\":[\"a\"]", ",", "null", "\"merge_commit_sha\":\"0\"", "{\"login\":3}"),
                Gen.String)
            .Select((json, noise) => noise.Length % 5 == 0 ? json + noise : json).Array[0, 12].Select(parts => string.Concat(parts))
            .SampleAsync(async json =>
            {
                try
                {
                    await ReadAsync(json);
                }
                catch (PullRequestException refused)
                {
                    Assert.Equal(Fault.BadInput, refused.Fault);
                }
            });

    private static async Task<List<PullRequest>> ReadAsync(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var requests = new List<PullRequest>();
        await foreach (var request in PullRequestJson.ReadAsync(stream, "'pulls.json'", TestContext.Current.CancellationToken))
        {
            requests.Add(request);
        }

        return requests;
    }
}
