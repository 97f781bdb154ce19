using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Git;

/// <summary>The commit graph that is kept where walks for single files were slow.</summary>
public sealed class KeptGraphTests : IDisposable
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(2);

    private readonly RepositoryBuilder _repo = new();
    private readonly string _cache = Directory.CreateTempSubdirectory("aw-graph-").FullName;

    public void Dispose()
    {
        _repo.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    [Fact]
    public async Task It_is_written_after_long_walks_alone_and_lent_to_the_next_run()
    {
        Grow();
        await WalkAsync(TimeSpan.FromMilliseconds(10));
        await using (var quick = await OpenAsync())
        {
            Assert.Null(quick.Graph!.Objects);
        }

        await WalkAsync(s_long);

        await using var git = await OpenAsync();
        Assert.True(File.Exists(Path.Combine(git.Graph!.Objects!, "info", "commit-graph")));
        Assert.Empty(Directory.GetDirectories(Path.GetDirectoryName(git.Graph.Objects)!, "*.part"));
        Assert.False(File.Exists(Path.Combine(git.Directory, "objects", "info", "commit-graph")));
    }

    [Fact]
    public async Task What_is_blamed_stays_the_same_with_it_also_for_what_came_after_and_for_history_that_was_rewritten()
    {
        Grow();
        await WalkAsync(s_long);
        await EqualAsync();

        _repo.Write("a.cs", "one\nTWO\nthree\nfour\n").Commit("after");
        await EqualAsync();

        _repo.Git("reset", "-q", "--hard", "HEAD~3");
        _repo.Write("a.cs", "zero\none\ntwo\n").Commit("rewritten");
        _repo.Git("reflog", "expire", "--expire=now", "--all");
        _repo.Git("gc", "-q", "--prune=now");
        await EqualAsync();

        await WalkAsync(s_long);
        await EqualAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task One_that_is_damaged_is_not_lent_and_is_written_anew(int length)
    {
        Grow();
        await WalkAsync(s_long);
        await using (var git = await OpenAsync())
        {
            var graph = Path.Combine(git.Graph!.Objects!, "info", "commit-graph");
            File.SetAttributes(graph, FileAttributes.Normal);
            await File.WriteAllBytesAsync(graph, (await File.ReadAllBytesAsync(graph, s_cancel))[..length], s_cancel);
        }

        await using (var git = await OpenAsync())
        {
            Assert.Null(git.Graph!.Objects);
        }

        await EqualAsync();
        await WalkAsync(s_long);
        await using var again = await OpenAsync();
        Assert.NotNull(again.Graph!.Objects);
    }

    [Fact]
    public async Task A_shallow_clone_has_none()
    {
        Grow();
        using var shallow = _repo.Clone("--depth=1", "--no-local");
        await using var git = await GitRepository.OpenAsync(shallow.Folder, s_cancel, _cache);

        Assert.Null(git.Graph);
    }

    private void Grow()
    {
        _repo.Write("a.cs", "one\n").Write("b.cs", "1\n").Commit("first");
        for (var i = 2; i < 12; i++)
        {
            _repo.Write("b.cs", $"{i}\n").Commit($"other {i}");
        }

        _repo.Write("a.cs", "one\ntwo\n").Commit("second");
        _repo.Write("a.cs", "one\ntwo\nthree\n").Commit("third");
    }

    private Task<GitRepository> OpenAsync() => GitRepository.OpenAsync(_repo.Folder, s_cancel, _cache);

    private async Task WalkAsync(TimeSpan time)
    {
        await using var git = await OpenAsync();
        git.Graph!.Walked(time);
    }

    private async Task EqualAsync()
    {
        var path = new RepoPath("a.cs");
        var tip = CommitId.Parse(_repo.Head);
        await using var lent = await OpenAsync();
        await using var bare = await GitRepository.OpenAsync(_repo.Folder, s_cancel);

        Assert.Equal((await bare.Lines.OriginsAsync(path, tip, s_cancel))!.Runs, (await lent.Lines.OriginsAsync(path, tip, s_cancel))!.Runs);
        Assert.Equal(
            await bare.HistoryAsync([path], tip, 100, s_cancel).Select(commit => commit.Id).ToListAsync(s_cancel),
            await lent.HistoryAsync([path], tip, 100, s_cancel).Select(commit => commit.Id).ToListAsync(s_cancel));
    }
}
