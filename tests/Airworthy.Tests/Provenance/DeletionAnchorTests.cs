using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Provenance;

public sealed class DeletionAnchorTests : IDisposable
{
    private static readonly RepoPath s_path = new("a.cs");

    private readonly RepositoryBuilder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("1\n2\n5\n6\n", 2, 3)]
    [InlineData("5\n6\n", 0, 1)]
    [InlineData("1\n2\n", 2, 0)]
    public async Task A_commit_that_only_deleted_is_anchored_between_its_neighbours(string left, int before, int after)
    {
        _shop.Write("a.cs", "1\n2\n3\n4\n5\n6\n").Commit("Start");
        var commit = CommitId.Parse(_shop.Write("a.cs", left).Commit("Delete"));

        await using var git = await GitRepository.OpenAsync(_shop.Folder, TestContext.Current.CancellationToken);

        Assert.Equal(
            [new DeletionAnchor(commit, s_path, before, after)], await DeletionAnchor.ReadAsync(git, commit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_commit_that_added_a_line_anywhere_needs_none()
    {
        _shop.Write("a.cs", "1\n2\n").Commit("Start");
        var commit = CommitId.Parse(_shop.Write("a.cs", "1\n").Write("b.cs", "x\n").Commit("Both"));

        await using var git = await GitRepository.OpenAsync(_shop.Folder, TestContext.Current.CancellationToken);

        Assert.Empty(await DeletionAnchor.ReadAsync(git, commit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_merge_needs_none()
    {
        _shop.Write("a.cs", "1\n2\n3\n").Commit("Start");
        _shop.Branch("topic").Write("a.cs", "1\n3\n").Commit("Delete");
        _shop.Checkout("main").Write("b.cs", "x\n").Commit("Beside it");
        var merge = CommitId.Parse(_shop.Merge("Merge topic", "topic"));

        await using var git = await GitRepository.OpenAsync(_shop.Folder, TestContext.Current.CancellationToken);

        Assert.Empty(await DeletionAnchor.ReadAsync(git, merge, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("0\n1\n2\n5\n6\n", 1, 5, true)]
    [InlineData("0\n1\n2\n5\n6\n", 3, 3, true)]
    [InlineData("0\n1\n2\n5\n6\n", 5, 5, false)]
    [InlineData("1\n2\n3\n5\n6\n", 1, 5, false)]
    [InlineData("1\n5\n6\n", 1, 3, false)]
    [InlineData("1\n2\nfive\n6\n", 1, 4, false)]
    public async Task It_lives_while_its_neighbours_follow_each_other(string later, int start, int end, bool lives)
    {
        var cancel = TestContext.Current.CancellationToken;
        _shop.Write("a.cs", "1\n2\n3\n4\n5\n6\n").Commit("Start");
        var commit = CommitId.Parse(_shop.Write("a.cs", "1\n2\n5\n6\n").Commit("Delete"));
        var revision = CommitId.Parse(_shop.Write("a.cs", later).Commit("Later"));
        await using var git = await GitRepository.OpenAsync(_shop.Folder, cancel);

        var anchor = Assert.Single(await DeletionAnchor.ReadAsync(git, commit, cancel));

        Assert.Equal(lives, await anchor.LivesAsync(git, s_path, new LineSpan(start, end), revision, cancel));
    }
}
