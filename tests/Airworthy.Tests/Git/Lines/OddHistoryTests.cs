using Airworthy.Git;
using Airworthy.Git.Lines;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Git.Lines;

public sealed class OddHistoryTests
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repository_of_sha256_names_is_read_like_any_other()
    {
        using var repo = new RepositoryBuilder(objectFormat: "sha256");
        var first = repo.Write("a.txt", "one\ntwo\n").Commit("first");
        var second = repo.Write("a.txt", "one\n2\n").Commit("second");

        Assert.Equal([(1, first), (2, second)], await TellAsync(repo, "a.txt"));
    }

    [Fact]
    public async Task A_submodule_that_became_a_folder_and_back_is_told_from_its_files()
    {
        using var repo = new RepositoryBuilder();
        var first = repo.Write("a.txt", "one\n").Commit("first");
        repo.Git("update-index", "--add", "--cacheinfo", $"160000,{first},lib");
        repo.Git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "a submodule");
        repo.Git("rm", "-q", "--cached", "lib");
        var folder = repo.Write("lib/b.txt", "b\n").Commit("a folder");

        Assert.Equal([(1, folder)], await TellAsync(repo, "lib/b.txt"));

        repo.Git("rm", "-q", "-r", "--cached", "lib");
        Directory.Delete(Path.Combine(repo.Folder, "lib"), recursive: true);
        repo.Git("update-index", "--add", "--cacheinfo", $"160000,{first},lib");
        repo.Git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "a submodule again");

        Assert.Null(await TellAsync(repo, "lib/b.txt"));
        Assert.Equal([(1, first)], await TellAsync(repo, "a.txt"));
    }

    [Fact]
    public async Task Replaced_commits_and_grafts_change_nothing()
    {
        using var repo = new RepositoryBuilder();
        var first = repo.Write("a.txt", "one\n").Commit("first");
        var second = repo.Write("a.txt", "one\ntwo\n").Commit("second");
        var other = repo.Write("a.txt", "one\ntwo\nthree\n").Commit("third");
        repo.Git("replace", "--graft", second);
        await System.IO.File.WriteAllTextAsync(Path.Combine(repo.Folder, ".git", "info", "grafts"), other + "\n", s_cancel);

        Assert.Equal([(1, first), (2, second), (3, other)], await TellAsync(repo, "a.txt"));
    }

    [Fact]
    public async Task A_history_with_a_missing_file_still_tells_the_others_and_says_which_it_left_out()
    {
        using var repo = new RepositoryBuilder();
        var first = repo.Write("a.txt", "one\n").Write("lost.txt", "gone\n").Commit("first");
        var blob = repo.Git("rev-parse", "HEAD:lost.txt").Trim();
        System.IO.File.Delete(Path.Combine(repo.Folder, ".git", "objects", blob[..2], blob[2..]));
        await using var git = await GitRepository.OpenAsync(repo.Folder, s_cancel);
        var skipped = new List<SkippedFile>();

        var told = await git.Lines.OriginsAsync(paths: null, CommitId.Parse(first), s_cancel, skipped.Add).ToListAsync(s_cancel);

        Assert.Equal("a.txt", Assert.Single(told).Path.Value);
        Assert.Equal("lost.txt", Assert.Single(skipped).Path.Value);
        var problem = await Assert.ThrowsAsync<GitException>(async () => await git.Lines.LifetimesAsync(CommitId.Parse(first), s_cancel).ToListAsync(s_cancel));
        Assert.Equal(Fault.BadInput, problem.Fault);
    }

    private static async Task<List<(int Line, string Commit)>?> TellAsync(RepositoryBuilder repo, string path)
    {
        await using var git = await GitRepository.OpenAsync(repo.Folder, s_cancel);
        var head = CommitId.Parse(repo.Head);
        var ledger = await LineLedger.ReadAsync(git.Directory, head, LookedThrough.Nothing, cache: null, s_cancel);
        var file = (await git.FilesAsync(head, s_cancel)).FirstOrDefault(f => f.Path.Value == path);
        return file is null
            ? null
            : ledger.Origins(file.Path, file.Blob)!.Runs.SelectMany(r => Enumerable.Range(0, r.Count).Select(i => (r.Start + i, r.Commit.Hex))).ToList();
    }
}
