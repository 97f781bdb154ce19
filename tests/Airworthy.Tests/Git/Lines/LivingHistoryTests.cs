using Airworthy.Git;
using Airworthy.Git.Lines;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Git.Lines;

/// <summary>Where living lines alone are asked for, files that are gone are not compared; what is told is the same.</summary>
public class LivingHistoryTests
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    // What an earlier revision kept speaks of other files than a later one asks for, and the other way round.
    [Fact]
    public async Task On_random_histories_the_same_is_told_from_whatever_was_kept_before()
    {
        for (var seed = 101; seed <= 116; seed++)
        {
            using var repo = new RepositoryBuilder(bare: true);
            RandomHistory.Build(repo, seed, commits: 40);
            await using var git = await GitRepository.OpenAsync(repo.Folder, s_cancel);
            var kept = new Kept(git);
            foreach (var revision in new[] { "HEAD~9", "HEAD~3", "HEAD", "HEAD~6" })
            {
                var tip = await git.ResolveAsync(revision, s_cancel);
                var (living, whole) = (await kept.ReadAsync(tip, isLiving: true), await new Kept(git).ReadAsync(tip, isLiving: false));
                foreach (var file in await git.FilesAsync(tip, s_cancel))
                {
                    Assert.True(
                        (whole.Origins(file.Path, file.Blob)?.Runs ?? []).SequenceEqual(living.Origins(file.Path, file.Blob)?.Runs ?? []),
                        $"history {seed}, {revision}, {file.Path}");
                }
            }

            var head = await git.ResolveAsync("HEAD", s_cancel);
            Assert.Equal((await new Kept(git).ReadAsync(head, isLiving: false)).Lifetimes(), (await kept.ReadAsync(head, isLiving: false)).Lifetimes());
        }
    }

    [Fact]
    public async Task A_file_that_is_gone_is_compared_only_once_something_that_lives_comes_from_it()
    {
        using var repo = new RepositoryBuilder();
        var first = repo.Write("old.txt", "one\ntwo\nthree\nfour\nfive\nsix\n").Write("lost.txt", "gone\n").Write("a.txt", "here\n").Commit("first");
        repo.Write("old.txt", "one\ntwo\nthree\nfour\nfive\nsix\nseven\n").Write("lost.txt", "gone\nas well\n").Commit("second");
        var second = repo.Head;
        repo.Git("branch", "before");
        repo.Delete("lost.txt").Delete("old.txt").Write("new.txt", "one\ntwo\nthree\nfour\nfive\nsix\nseven\n").Commit("rename, and drop one");
        await using var git = await GitRepository.OpenAsync(repo.Folder, s_cancel);
        var kept = new Kept(git);
        var head = await git.ResolveAsync("HEAD", s_cancel);

        var told = Commits(await kept.ReadAsync(head, isLiving: true), repo, "HEAD:new.txt");

        Assert.Equal([.. Enumerable.Repeat(first, 6), second], told);
        Assert.Equal(["lost.txt", "lost.txt"], kept.Uncompared);
        var before = await git.ResolveAsync("before", s_cancel);
        Assert.Equal([first, second], Commits(await kept.ReadAsync(before, isLiving: true), repo, "before:lost.txt"));
        Assert.Empty(kept.Uncompared);
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Files_that_git_shows_no_lines_of_are_told_as_ever(string objectFormat)
    {
        using var repo = new RepositoryBuilder(objectFormat: objectFormat);
        repo.Write("binary", "a\0b").Write("empty", "").Write("no-end", "one\ntwo").Write("gone", "x\n").Commit("first");
        repo.Write("binary", "a\0c").Write("no-end", "one\ntwo\n").Delete("gone").Write("empty", "no more\n").Commit("second");
        await using var git = await GitRepository.OpenAsync(repo.Folder, s_cancel);
        var head = await git.ResolveAsync("HEAD", s_cancel);

        var (living, whole) = (await new Kept(git).ReadAsync(head, isLiving: true), await new Kept(git).ReadAsync(head, isLiving: false));

        foreach (var file in await git.FilesAsync(head, s_cancel))
        {
            Assert.Equal(whole.Origins(file.Path, file.Blob)?.Runs, living.Origins(file.Path, file.Blob)?.Runs);
            Assert.Equal(file.Path.Value == "binary", living.Origins(file.Path, file.Blob) is null);
        }
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task A_history_of_new_files_alone_is_told(string objectFormat)
    {
        using var repo = new RepositoryBuilder(objectFormat: objectFormat);
        var first = repo.Write("a.txt", "one\ntwo\n").Commit("first");
        await using var git = await GitRepository.OpenAsync(repo.Folder, s_cancel);

        var told = Commits(await new Kept(git).ReadAsync(await git.ResolveAsync("HEAD", s_cancel), isLiving: true), repo, "HEAD:a.txt");

        Assert.Equal([first, first], told);
    }

    private static IEnumerable<string> Commits(LineLedger ledger, RepositoryBuilder repo, string file) =>
        ledger.Origins(new RepoPath(file.Split(':')[1]), repo.Git("rev-parse", file).Trim())!.Runs.SelectMany(run => Enumerable.Repeat(run.Commit.Hex, run.Count));

    /// <summary>What is kept between runs, as bytes, of however short a history.</summary>
    private sealed class Kept(GitRepository git)
    {
        private readonly Dictionary<CommitId, byte[]> _kept = [];

        /// <summary>The paths of files, of all commits, whose lines are not known.</summary>
        public IEnumerable<string> Uncompared =>
            _kept.SelectMany(one => EditCodec.Decode(one.Key, one.Value)!.Files).Where(file => file.Pair is not null).Select(file => file.Path.Value);

        public async Task<LineLedger> ReadAsync(CommitId tip, bool isLiving)
        {
            var graph = await CommitGraph.ReadAsync(git.Directory, tip, s_cancel);
            var kept = new CommitEdits?[graph.Count];
            for (var i = 0; i < kept.Length; i++)
            {
                kept[i] = _kept.TryGetValue(graph[i], out var bytes) ? EditCodec.Decode(graph[i], bytes) : null;
            }

            var history = new HistoryEdits(git.Directory, graph, kept);
            var replay = new HistoryReplay(graph, LookedThrough.Nothing);
            var place = 0;
            await foreach (var edits in isLiving ? history.LivingAsync(git.FilesAsync(tip, s_cancel), s_cancel) : history.WholeAsync(s_cancel))
            {
                replay.Apply(place++, edits);
            }

            foreach (var (edits, _) in history.Fresh)
            {
                _kept[edits.Commit] = EditCodec.Encode(edits);
            }

            return new LineLedger(graph, replay.Tip, replay.Register);
        }
    }
}
