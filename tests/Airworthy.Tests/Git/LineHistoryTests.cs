using System.Globalization;
using System.Text;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Testing;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Git;

public sealed class LineHistoryTests : IDisposable
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    private readonly RepositoryBuilder _repo = new();

    public void Dispose() => _repo.Dispose();

    [Fact]
    public async Task A_line_keeps_its_origin_through_a_rename()
    {
        var first = _repo.Write("old.cs", "a\nb\nc\n").Commit("one");
        _repo.Move("old.cs", "src/new.cs").Commit("move");
        var third = _repo.Write("src/new.cs", "a\nB\nc\n").Commit("edit");

        var origins = await OriginsAsync("src/new.cs");

        Assert.Equal(
            [(1, 1, first, "old.cs", 1), (2, 1, third, "src/new.cs", 2), (3, 1, first, "old.cs", 3)],
            origins.Runs.Select(r => (r.Start, r.Count, r.Commit.Hex, r.OriginalPath.Value, r.OriginalStart)));
    }

    [Fact]
    public async Task Lines_that_an_ignored_commit_reformatted_keep_their_origin()
    {
        var first = _repo.Write("a.cs", "int x;\nint y;\n").Commit("one");
        var format = _repo.Write("a.cs", "    int x;\n    int y;\n").Commit("reformat");
        _repo.Write(".git-blame-ignore-revs", $"# formatting\n{format}\nnot a commit\n{new string('0', 40)}\n").Commit("ignore it");

        Assert.Equal(first, Assert.Single((await OriginsAsync("a.cs")).Runs).Commit.Hex);
    }

    [Fact]
    public async Task Odd_paths_are_blamed_like_any_other()
    {
        byte[] invalid = [.. "bad"u8, 0xFF, .. ".txt"u8];
        var commit = _repo
            .Write("with space.txt", "1\n").Write("tab\tname.txt", "1\n").Write("quote\"name.txt", "1\n").Write("new\nline.txt", "1\n")
            .Write("ünïcode/ø.txt", "1\n").Write("-dash.txt", "1\n").Write(":(glob)x.txt", "1\n").Commit("odd");
        // A name that is not UTF-8 can't be made through .NET's file system: put it in the index.
        var blob = _repo.Git("rev-parse", "HEAD:-dash.txt").Trim();
        var tree = AddToTree(blob, invalid);
        var head = _repo.Git("-c", "user.name=x", "-c", "user.email=x@y", "commit-tree", "-p", commit, "-m", "invalid", tree).Trim();

        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var revision = CommitId.Parse(head);
        var all = await git.Lines.OriginsAsync(paths: null, revision, s_cancel).ToListAsync(s_cancel);
        var diff = await git.DiffAsync(null, revision, s_cancel).ToListAsync(s_cancel);

        Assert.Equal(8, all.Count);
        Assert.All(all, f => Assert.Equal(1, f.Lines));
        var odd = Assert.Single(all, f => !f.Path.IsText);
        Assert.Equal(invalid, odd.Path.ToBytes());
        Assert.Equal("bad\\377.txt", odd.Path.Display);
        Assert.Equal(head, Assert.Single(odd.Runs).Commit.Hex);
        Assert.Equal(all.Select(f => f.Path).Order(), diff.Select(f => f.NewPath!.Value).Order());
    }

    [Fact]
    public async Task Binary_huge_linked_and_foreign_files_are_left_out_and_named()
    {
        _repo.Write("text", "1\n").Write("empty", "").Write("no-end", "1\n2").Write("crlf", "1\r\n2\r\n")
            .Write("binary", [1, 0, 2]).Write("huge", new string('x', 11 * 1024 * 1024));
        File.CreateSymbolicLink(Path.Combine(_repo.Folder, "link"), "text");
        _repo.Commit("one");
        _repo.Git("update-index", "--add", "--cacheinfo", $"160000,{_repo.Head},module");
        _repo.Git("-c", "user.name=x", "-c", "user.email=x@y", "commit", "-q", "-m", "module");

        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var skipped = new List<SkippedFile>();
        var head = await git.ResolveAsync("HEAD", s_cancel);
        var files = await git.Lines.OriginsAsync(paths: null, head, s_cancel, f => { lock (skipped) { skipped.Add(f); } }).ToListAsync(s_cancel);

        Assert.Equal(
            [("crlf", 2), ("empty", 0), ("no-end", 2), ("text", 1)],
            files.OrderBy(f => f.Path).Select(f => (f.Path.Value, f.Lines)));
        Assert.Equal([("binary", "binary"), ("huge", "over 10 MiB")], skipped.OrderBy(f => f.Path).Select(f => (f.Path.Value, f.Reason)));
    }

    [Fact]
    public async Task A_commit_lives_where_a_line_of_it_survives()
    {
        var first = _repo.Write("a", "1\n2\n3\n").Write("b", "x\n").Commit("one");
        var second = _repo.Write("a", "1\nTWO\n3\n").Commit("two");
        _repo.Write("b", "y\n").Commit("three");

        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var head = await git.ResolveAsync("HEAD", s_cancel);
        var fate = await git.Lines.FateAsync(CommitId.Parse(first), head, s_cancel);
        async Task<bool> LivesAsync(string commit, int start, int end) =>
            await git.Lines.LivesAsync(new HashSet<CommitId> { CommitId.Parse(commit) }, new RepoPath("a"), new LineSpan(start, end), head, s_cancel);

        var survivor = Assert.Single(fate);
        Assert.Equal([new LineSpan(1, 1), new LineSpan(3, 3)], survivor.Spans);
        Assert.True(await LivesAsync(second, 1, 2));
        Assert.False(await LivesAsync(second, 3, 3));
        Assert.False(await LivesAsync(first, 2, 2));
    }

    [Fact]
    public void On_random_histories_every_line_is_what_git_blame_says() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 20], Gen.Int[1, 5]).List[3, 12].Sample(
            edits =>
            {
                using var repo = new RepositoryBuilder();
                var lines = Enumerable.Range(0, 12).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList();
                var serial = 100;
                repo.Write("f.txt", Text(lines)).Commit("root");
                foreach (var (kind, at, count) in edits)
                {
                    var start = Math.Min(at, lines.Count);
                    var fresh = Enumerable.Range(0, count).Select(_ => $"line {serial++}");
                    switch (kind)
                    {
                        case 0: lines.InsertRange(start, fresh); break;
                        case 1: lines.RemoveRange(start, Math.Min(count, lines.Count - start)); break;
                        case 2: lines.RemoveRange(start, Math.Min(count, lines.Count - start)); lines.InsertRange(start, fresh); break;
                        case 3: repo.Branch($"b{serial}"); lines.InsertRange(0, fresh); break;
                        default: lines.AddRange(fresh); break;
                    }

                    repo.Write("f.txt", Text(lines)).Commit($"edit {serial}");
                }

                var expected = Encoding.UTF8.GetString(repo.GitBytes("blame", "--porcelain", "HEAD", "--", "f.txt")).Split('\n')
                    .Select(l => l.Split(' ')).Where(p => p.Length is 3 or 4 && p[0].Length == 40)
                    .Select(p => (int.Parse(p[2], CultureInfo.InvariantCulture), p[0], int.Parse(p[1], CultureInfo.InvariantCulture)));
                var origins = OriginsAsync("f.txt", repo).GetAwaiter().GetResult();
                var actual = origins.Runs.SelectMany(r => Enumerable.Range(0, r.Count).Select(i => (r.Start + i, r.Commit.Hex, r.OriginalStart + i)));
                Assert.Equal(expected, actual);
                Assert.Equal(lines.Count, origins.Lines);
            },
            iter: 12,
            threads: 1);

    [Fact]
    public async Task A_blame_that_is_cut_off_or_nonsense_is_refused_and_never_crashes()
    {
        var sha = new string('a', 40);
        var good = $"{sha} 1 1 2\nauthor x\nfilename \"a\\tb\"\n";
        var runs = await BlameReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(good)), s_cancel);
        Assert.Equal("a\tb", Assert.Single(runs).OriginalPath.Value);

        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            try
            {
                BlameReader.ReadAsync(new MemoryStream(bytes), s_cancel).GetAwaiter().GetResult();
            }
            catch (FormatException)
            {
                // Refused: that is the right answer.
            }
        });
    }

    private static string Text(List<string> lines) => string.Concat(lines.Select(l => l + "\n"));

    private Task<FileOrigins> OriginsAsync(string path) => OriginsAsync(path, _repo);

    private static async Task<FileOrigins> OriginsAsync(string path, RepositoryBuilder repo)
    {
        await using var git = await GitRepository.OpenAsync(repo.Folder, s_cancel);
        return (await git.Lines.OriginsAsync(new RepoPath(path), await git.ResolveAsync("HEAD", s_cancel), s_cancel))!;
    }

    private string AddToTree(string blob, byte[] name)
    {
        byte[] entry = [.. Encoding.ASCII.GetBytes($"100644 blob {blob}\t"), .. name, 0];
        byte[] tree = [.. _repo.GitBytes("ls-tree", "-z", "HEAD"), .. entry];
        return _repo.GitWithInput(tree, "mktree", "-z").Trim();
    }
}
