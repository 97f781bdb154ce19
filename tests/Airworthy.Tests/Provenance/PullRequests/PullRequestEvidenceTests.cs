using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Provenance.PullRequests;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Provenance.PullRequests;

public sealed class PullRequestEvidenceTests : IDisposable
{
    private const string Claude = "Co-Authored-By: Claude <noreply@anthropic.com>";
    private readonly RepositoryBuilder _shop = new();

    public PullRequestEvidenceTests() => _shop.Write("a.cs", "1\n").Commit("Start");

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("refs/pull/12/head", "(#12)")]
    [InlineData("refs/merge-requests/12/head", "(!12)")]
    [InlineData("refs/remotes/origin/pull/12/head", "(#12)")]
    [InlineData("refs/remotes/origin/pr/12", "(#12)")]
    public async Task A_squash_carries_what_every_commit_of_its_branch_said(string head, string number)
    {
        Branch(head, $"One\n\n{Claude}\n", "Two\n\nCo-authored-by: Codex <codex@openai.com>\n");
        var squash = Squash($"Add refunds {number}");

        var authorship = await AuthorshipAsync(squash);

        Assert.Equal(AuthorKind.Ai, authorship.Kind);
        Assert.Equal(["claude-code", "codex"], authorship.Agents.Select(agent => agent.Name).Order());
        Assert.All(authorship.Signals, signal => Assert.Equal(
            ("pull-request-commits", head, SignalStrength.Strong, "2 of 2 commits of the request carry a mark"),
            (signal.Kind, signal.Source, signal.Strength, signal.Value)));
    }

    [Fact]
    public async Task One_signature_of_several_commits_is_a_hint_and_told()
    {
        Branch("refs/pull/12/head", $"One\n\n{Claude}\n", "Two", "Three");
        var squash = Squash($"Add refunds (#12)\n\n{Claude}\n");

        var authorship = await AuthorshipAsync(squash);

        Assert.Equal(AuthorKind.Unknown, authorship.Kind);
        Assert.Equal(["co-author", "pull-request-commits"], authorship.Signals.Select(signal => signal.Kind));
        Assert.All(authorship.Signals, signal => Assert.Equal(SignalStrength.Weak, signal.Strength));
        Assert.Equal("1 of 3 commits of the request carries a mark", authorship.Signals[1].Value);
    }

    [Theory]
    [InlineData(0, 2, SignalStrength.Proof, SignalStrength.Strong)]
    [InlineData(1, 1, SignalStrength.Proof, SignalStrength.Strong)]
    [InlineData(2, 3, SignalStrength.Strong, SignalStrength.Weak)]
    [InlineData(1, 2, SignalStrength.Strong, SignalStrength.Weak)]
    [InlineData(1, 3, SignalStrength.Weak, SignalStrength.Weak)]
    public async Task A_squash_is_believed_as_far_as_its_branch_bears_it_out(int marked, int commits, SignalStrength coAuthor, SignalStrength footer)
    {
        Branch("refs/pull/12/head", [.. Enumerable.Range(0, commits).Select(i => i < marked ? $"Step {i}\n\n{Claude}\n" : $"Step {i}")]);
        var squash = Squash($"Add refunds (#12)\n\n{Claude}\n\nGenerated with Claude Code\n");

        var signals = (await AuthorshipAsync(squash)).Signals;

        Assert.Equal(coAuthor, signals.Single(signal => signal.Kind == "co-author").Strength);
        Assert.Equal(footer, signals.Single(signal => signal.Kind == "footer").Strength);
    }

    [Fact]
    public async Task The_notes_of_a_branchs_commits_are_carried()
    {
        const string Note = """
            b.cs
              s_0123456789abcd::t_1 1
            ---
            {"schema_version":"authorship/3.0.0","base_commit_sha":"","prompts":{},"sessions":{"s_0123456789abcd":{"agent_id":{"tool":"cursor","id":"c","model":"composer-1"}}}}
            """;
        _shop.Branch("topic").Write("b.cs", "b\n").Commit("One");
        _shop.Note(Note.ReplaceLineEndings("\n"));
        Leave("refs/pull/12/head");
        var squash = Squash("Add refunds (#12)");

        Assert.Equal("cursor", Assert.Single((await AuthorshipAsync(squash)).Agents).Name);
    }

    [Fact]
    public async Task Merges_of_the_main_line_into_the_branch_are_none_of_its_commits()
    {
        _shop.Branch("topic").Write("b.cs", "b\n").Commit($"One\n\n{Claude}\n");
        _shop.Checkout("main").Write("c.cs", "c\n").Commit("Meanwhile");
        _shop.Checkout("topic").Merge("Merge branch 'main' into topic", "main");
        Leave("refs/pull/12/head");
        var squash = Squash("Add refunds (#12)");

        Assert.Equal("1 of 1 commit of the request carries a mark", Assert.Single((await AuthorshipAsync(squash)).Signals).Value);
    }

    [Fact]
    public async Task A_request_begun_after_the_commit_is_another_of_that_number()
    {
        var imported = _shop.Write("b.cs", "b\n").Commit("Imported from elsewhere (#12)");
        _shop.Wait(TimeSpan.FromDays(30));
        Branch("refs/pull/12/head", $"One\n\n{Claude}\n");

        Assert.Empty((await AuthorshipAsync(imported)).Signals);
    }

    [Fact]
    public async Task Heads_that_differ_between_remotes_are_not_believed()
    {
        Branch("refs/remotes/origin/pr/12", $"One\n\n{Claude}\n");
        Branch("refs/remotes/fork/pr/12", $"Other\n\n{Claude}\n");
        var squash = Squash("Add refunds (#12)");

        Assert.Empty((await AuthorshipAsync(squash)).Signals);
    }

    [Fact]
    public async Task A_head_with_more_commits_than_a_request_has_is_of_another_line()
    {
        var stream = string.Concat(Enumerable.Range(0, 251).Select(i =>
            $"commit refs/pull/12/head\ncommitter A <a@b.c> {1_700_000_000 + i} +0000\ndata {5 + Claude.Length}\nOne\n\n{Claude}\n"));
        _shop.GitWithInput(System.Text.Encoding.UTF8.GetBytes(stream), "fast-import", "--quiet");
        var squash = Squash("Add refunds (#12)");

        Assert.Empty((await AuthorshipAsync(squash)).Signals);
    }

    [Fact]
    public async Task The_only_commit_of_a_merged_request_is_what_the_forge_says_of_it()
    {
        var request = PullRequestSignalsTests.Request("Copilot", "copilot/fix", merged: RepositoryBuilder.Start.AddDays(1));
        _shop.Branch("one").Write("b.cs", "b\n").Commit("One");
        var only = _shop.Head;
        _shop.Checkout("main");
        var merge = _shop.Merge("Merge pull request #7 from o/copilot/fix", "one");

        var (ofMerge, ofPart) = (await AuthorshipAsync(merge, request with { MergeCommit = CommitId.Parse(merge) }),
            await AuthorshipAsync(only, request with { MergeCommit = CommitId.Parse(merge) }));

        Assert.Equal((AuthorKind.Ai, AuthorKind.Ai), (ofMerge.Kind, ofPart.Kind));
        Assert.Equal("pull-request-author", ofPart.Signals[0].Kind);
    }

    [Fact]
    public async Task Each_of_several_merged_commits_may_be_anyones()
    {
        _shop.Branch("two").Write("b.cs", "b\n").Commit("One");
        var first = _shop.Head;
        _shop.Write("b.cs", "c\n").Commit("Two");
        _shop.Checkout("main");
        var merge = _shop.Merge("Merge pull request #7 from o/copilot/fix", "two");
        var request = PullRequestSignalsTests.Request("Copilot", merge: CommitId.Parse(merge), merged: RepositoryBuilder.Start.AddDays(1));

        var authorship = await AuthorshipAsync(first, request);

        Assert.Equal((AuthorKind.Unknown, SignalStrength.Weak), (authorship.Kind, Assert.Single(authorship.Signals).Strength));
    }

    [Fact]
    public async Task The_last_commit_of_a_rebase_is_only_a_part_of_the_request()
    {
        var last = _shop.Write("b.cs", "b\n").Commit("Two");
        var request = PullRequestSignalsTests.Request("Copilot", merge: CommitId.Parse(last), merged: RepositoryBuilder.Start.AddDays(1));

        Assert.Equal(SignalStrength.Weak, Assert.Single((await AuthorshipAsync(last, request)).Signals).Strength);
    }

    [Fact]
    public async Task A_squash_is_found_by_its_name_or_by_the_number_it_tells()
    {
        var byName = _shop.Write("b.cs", "b\n").Commit("Squashed, its title edited");
        var byNumber = _shop.Write("c.cs", "b\n").Commit("Add refunds (#8)");
        var requests = new[]
        {
            PullRequestSignalsTests.Request("Copilot", squash: CommitId.Parse(byName), merged: RepositoryBuilder.Start.AddDays(1)),
            PullRequestSignalsTests.Request("Copilot", number: 8),
        };

        Assert.Equal(AuthorKind.Ai, (await AuthorshipAsync(byName, requests)).Kind);
        Assert.Equal(AuthorKind.Ai, (await AuthorshipAsync(byNumber, requests)).Kind);
    }

    [Fact]
    public async Task An_unmerged_requests_trial_merge_and_a_later_request_of_that_number_say_nothing()
    {
        var commit = _shop.Write("b.cs", "b\n").Commit("Mine (#8)");
        var requests = new[]
        {
            PullRequestSignalsTests.Request("Copilot", merge: CommitId.Parse(commit)),
            PullRequestSignalsTests.Request("Copilot", number: 8, created: RepositoryBuilder.Start.AddDays(9)),
        };

        Assert.Empty((await AuthorshipAsync(commit, requests)).Signals);
    }

    private void Branch(string head, params string[] messages)
    {
        _shop.Git("checkout", "-q", "--detach", "main");
        foreach (var message in messages)
        {
            _shop.Write("b.cs", message).Commit(message);
        }

        Leave(head);
    }

    // As a fetched head: a ref, no branch.
    private void Leave(string head)
    {
        _shop.Git("update-ref", head, "HEAD");
        _shop.Git("checkout", "-q", "-f", "main");
    }

    private string Squash(string message) => _shop.Write("b.cs", "squashed\n").Commit(message);

    private async Task<Authorship> AuthorshipAsync(string commit, params PullRequest[] requests)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var git = await GitRepository.OpenAsync(_shop.Folder, cancel);
        var reader = await AuthorshipReader.OpenAsync(git, await git.ResolveAsync("main", cancel), requests, cancel);
        return await reader.OfAsync(CommitId.Parse(commit), cancel);
    }
}
