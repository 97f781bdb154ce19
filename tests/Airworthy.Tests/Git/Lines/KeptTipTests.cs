using System.Text;
using Airworthy.Git;
using Airworthy.Git.Lines;
using Airworthy.Model;
using Airworthy.Testing;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Git.Lines;

public sealed class KeptTipTests : IDisposable
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    private readonly RepositoryBuilder _repo = new();
    private readonly string _cache = Directory.CreateTempSubdirectory("airworthy-tip-").FullName;

    public void Dispose()
    {
        _repo.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Lines_carried_on_from_a_kept_tip_are_those_of_the_whole_history(int seed)
    {
        RandomHistory.Build(_repo, seed, commits: 70);
        var tried = 0;
        foreach (var line in _repo.Git("rev-list", "--no-merges", "--parents", "main").Split('\n').Where(line => line.Length == 81).Take(6))
        {
            var (tip, parent) = (CommitId.Parse(line.AsSpan(0, 40)), CommitId.Parse(line.AsSpan(41)));
            // A few commits further back, as long as they follow each other.
            while (_repo.Git("rev-list", "-1", "--parents", parent.Hex).Trim() is { Length: 81 } before && tried % 3 != 0)
            {
                parent = CommitId.Parse(before.AsSpan(41));
                tried++;
            }

            var kept = KeptTip.Decode((await WholeAsync(parent)).Encode([]))!;
            var (carried, _) = (await LineLedger.CarryOnAsync(_repo.Folder, kept, tip, LookedThrough.Nothing, s_cancel))!.Value;
            Assert.Equal(await TellAsync(await WholeAsync(tip), tip), await TellAsync(carried, tip));
            tried++;
        }

        Assert.True(tried > 3);
    }

    [Fact]
    public async Task A_merge_behind_the_kept_tip_asks_for_lines_it_does_not_have()
    {
        Grow();
        var kept = await WholeAsync(Head());
        _repo.Branch("side", "HEAD~3").Write("side.txt", "1\n").Commit("on the side");
        _repo.Checkout("main").Merge("Merge side", "side");

        Assert.Null(await LineLedger.CarryOnAsync(_repo.Folder, KeptTip.Decode(kept.Encode([]))!, Head(), LookedThrough.Nothing, s_cancel));
    }

    [Fact]
    public async Task Damaged_bytes_are_no_lines()
    {
        Grow();
        var bytes = (await WholeAsync(Head())).Encode([]);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).Sample(
            damage =>
            {
                // Under the file's own check; here whatever is read must be read to an end.
                var damaged = bytes.ToArray();
                damaged[damage.Item1] ^= damage.Item2;
                KeptTip.Decode(damaged);
                Assert.Null(KeptTip.Decode(bytes.AsMemory(0, damage.Item1)));
            },
            iter: 300);
    }

    [Fact]
    public async Task A_run_finds_the_lines_of_the_last_one_and_those_of_commits_since()
    {
        Grow();
        await TellAsync();
        var file = Assert.Single(Directory.GetFiles(_cache, "*.tip"));
        var first = await File.ReadAllBytesAsync(file, s_cancel);
        // Were the whole history asked for again, it would be kept again.
        Directory.GetFiles(_cache, "*.db*").ToList().ForEach(File.Delete);
        _repo.Write("a.txt", "one\ntwo\n").Move("b.txt", "c.txt").Commit("more");

        Assert.Equal(await TellAsync(cache: null), await TellAsync());
        Assert.Empty(Directory.GetFiles(_cache, "*.db"));

        // A line of the old tip, a rewritten tip, a list of commits to look through: the whole history.
        _repo.Git("reset", "-q", "--hard", "HEAD~2");
        _repo.Write("a.txt", "other\n").Commit("instead");
        Assert.Equal(await TellAsync(cache: null), await TellAsync());
        Assert.NotEqual(first, await File.ReadAllBytesAsync(file, s_cancel));
        _repo.Write(".git-blame-ignore-revs", _repo.Head + "\n").Commit("look through");
        Assert.Equal(await TellAsync(cache: null), await TellAsync());
    }

    [Fact]
    public async Task A_short_history_of_many_lines_is_kept_too()
    {
        _repo.Write("small.txt", "1\n").Commit("small");
        await TellAsync();
        Assert.Empty(Directory.GetFiles(_cache, "*.tip"));

        _repo.Write("large.txt", string.Concat(Enumerable.Repeat("a line\n", 50_000))).Commit("large");
        var whole = await TellAsync();
        Assert.Single(Directory.GetFiles(_cache, "*.tip"));
        Assert.Equal(whole, await TellAsync());
    }

    [Fact]
    public async Task A_file_that_is_damaged_is_done_without()
    {
        Grow();
        var whole = await TellAsync();
        var file = Assert.Single(Directory.GetFiles(_cache, "*.tip"));
        var bytes = await File.ReadAllBytesAsync(file, s_cancel);
        foreach (var damaged in new[] { [], bytes[..20], bytes[..^1], [.. bytes, 0], [.. bytes.Select(b => (byte)(b ^ 1))] })
        {
            await File.WriteAllBytesAsync(file, damaged, s_cancel);
            Assert.Equal(whole, await TellAsync());
        }
    }

    private CommitId Head() => CommitId.Parse(_repo.Head);

    /// <summary>Enough commits to be kept.</summary>
    private void Grow()
    {
        var stream = new StringBuilder();
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 9).Select(line => $"line {line} of {i - (i % (line + 2))}\n"));
            stream.Append($"commit refs/heads/main\ncommitter A <a@example.org> {1_700_000_000 + i} +0000\ndata 1\nm\n")
                .Append($"M 100644 inline {(i % 2 == 0 ? "a" : "b")}.txt\ndata {text.Length}\n{text}\n");
        }

        _repo.GitWithInput(Encoding.UTF8.GetBytes(stream.ToString()), "fast-import", "--quiet");
        _repo.Git("checkout", "-q", "-f", "main");
    }

    private Task<LineLedger> WholeAsync(CommitId tip) => LineLedger.ReadAsync(_repo.Folder, tip, LookedThrough.Nothing, cache: null, s_cancel);

    private async Task<string> TellAsync(LineLedger ledger, CommitId tip)
    {
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var told = new StringBuilder();
        foreach (var entry in await git.FilesAsync(tip, s_cancel))
        {
            told.Append(entry.Path).Append(' ').AppendJoin(';', ledger.Origins(entry.Path, entry.Blob)?.Runs ?? []).Append('\n');
        }

        return told.ToString();
    }

    private Task<string> TellAsync() => TellAsync(_cache);

    private async Task<string> TellAsync(string? cache)
    {
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel, cache);
        var told = await git.Lines.OriginsAsync(paths: null, Head(), s_cancel).OrderBy(file => file.Path).ToListAsync(s_cancel);
        return string.Join('\n', told.Select(file => $"{file.Path} {string.Join(';', file.Runs)}"));
    }
}
