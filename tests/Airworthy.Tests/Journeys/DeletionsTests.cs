using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Journeys;

public sealed class DeletionsTests : IDisposable
{
    private static readonly RepoPath s_file = new("a.cs");

    private readonly RepositoryBuilder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_change_that_only_deleted_lives_where_it_did_and_nowhere_else()
    {
        var cancel = TestContext.Current.CancellationToken;
        _shop.Write("a.cs", "one\ntwo\nthree\nfour\nfive\nsix\n").Commit("Start");
        var deleted = CommitId.Parse(_shop.Write("a.cs", "one\ntwo\nfour\nfive\nsix\n").Commit("Drop three"));
        _shop.Write("a.cs", "zero\none\ntwo\nfour\nfive\nsix\n").Commit("Go on above");
        await using var git = await GitRepository.OpenAsync(_shop.Folder, cancel);
        var tip = await git.ResolveAsync("HEAD", cancel);

        Assert.True(await Deletions.LiveAsync(git, new HashSet<CommitId> { deleted }, s_file, new LineSpan(3, 4), tip, cancel));
        Assert.False(await Deletions.LiveAsync(git, new HashSet<CommitId> { deleted }, s_file, new LineSpan(5, 6), tip, cancel));
        Assert.False(await Deletions.LiveAsync(git, new HashSet<CommitId> { tip }, s_file, new LineSpan(3, 4), tip, cancel));
    }
}
