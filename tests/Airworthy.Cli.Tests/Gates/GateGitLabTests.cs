using Airworthy.Cli.Tests.GitLab;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Gates;

/// <summary>The gate as a job of GitLab runs it for a merge request, against GitLab's API on this machine.</summary>
public sealed class GateGitLabTests : IDisposable
{
    private readonly RepositoryBuilder _shop = new();

    public GateGitLabTests() => _shop.Write("src/Pay.cs", "class Pay { int Answer() => 1; }\n").Commit("Start");

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task One_comment_on_the_merge_request_is_kept_up_to_date()
    {
        await using var gitLab = await GitLabFake.StartAsync();
        gitLab.Comments.AddRange(Enumerable.Range(1, 100).Select(i => (i, 7, i == 1 ? "<!-- airworthy-gate -->\n### PASS" : "a word")));
        Change(2);
        var first = await RunAsync(gitLab, GitLabFake.Token);
        var created = gitLab.Comments[^1];
        var again = await RunAsync(gitLab, GitLabFake.Token);
        var silent = gitLab.Writes;
        Change(3);
        _shop.Write("src/More.cs", "class More { int Answer() => 1; }\n").Commit($"More\n\n{Marks.Claude}\n");
        var later = await RunAsync(gitLab, GitLabFake.Token);

        Assert.Equal((2, 2, 2), (first.Exit, again.Exit, later.Exit));
        Assert.Contains("comment on merge request 7: created", first.Error, StringComparison.Ordinal);
        Assert.StartsWith("<!-- airworthy-gate -->\n### INSUFFICIENT: 1 of 1 changed unit", created.Body, StringComparison.Ordinal);
        Assert.Contains("comment on merge request 7: same", again.Error, StringComparison.Ordinal);
        Assert.Equal(1, silent);
        Assert.Contains("comment on merge request 7: updated", later.Error, StringComparison.Ordinal);
        Assert.Equal(101, gitLab.Comments.Count);
        Assert.Contains("2 of 2 changed units lack evidence", gitLab.Comments[^1].Body, StringComparison.Ordinal);
        Assert.EndsWith("### PASS", gitLab.Comments[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_may_not_comment_changes_no_verdict_and_a_wrong_one_is_told()
    {
        await using var gitLab = await GitLabFake.StartAsync();
        gitLab.MayComment = false;
        Change(2);
        var refused = await RunAsync(gitLab, GitLabFake.Token);
        var wrong = await RunAsync(gitLab, "another");

        Assert.Equal(2, refused.Exit);
        Assert.Contains("no comment on merge request 7: the token may not comment there", refused.Error, StringComparison.Ordinal);
        Assert.Equal(64, wrong.Exit);
        Assert.Contains("GitLab does not take the token for acme/shop", wrong.Error, StringComparison.Ordinal);
    }

    private void Change(int answer) => _shop.Write("src/Pay.cs", $"class Pay {{ int Answer() => {answer}; }}\n").Commit($"Pay {answer}\n\n{Marks.Claude}\n");

    private Task<CliRun> RunAsync(GitLabFake gitLab, string token)
    {
        var origin = $"{gitLab.Address}acme/shop.git";
        _shop.Git(_shop.Git("remote").Contains("origin", StringComparison.Ordinal) ? ["remote", "set-url", "origin", origin] : ["remote", "add", "origin", origin]);
        return CliProcess.RunAsync(_shop.Folder, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = _shop.Git("rev-list", "--max-parents=0", "HEAD").Trim(),
            ["CI_MERGE_REQUEST_IID"] = "7",
            ["CI_COMMIT_SHA"] = _shop.Head,
            ["AIRWORTHY_GITLAB_URL"] = gitLab.Address.ToString(),
            ["AIRWORTHY_GITLAB_TOKEN"] = token,
            ["AIRWORTHY_CACHE"] = "off",
            ["GITHUB_ACTIONS"] = "",
            ["GITHUB_REF"] = "",
        }, "gate", "--comment", "gitlab");
    }
}
