using System.Globalization;
using Airworthy.Git;
using Airworthy.Git.Lines;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Git.Lines;

public sealed class ForwardHistoryTests : IDisposable
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    private readonly RepositoryBuilder _repo = new();

    public void Dispose() => _repo.Dispose();

    // The same histories each time: what a new one shows belongs into a commit of its own.
    [Fact]
    public void On_random_histories_every_line_is_what_git_blame_says() =>
        Assert.Empty(Enumerable.Range(1, 30).AsParallel().WithDegreeOfParallelism(2).SelectMany(seed =>
        {
            using var repo = new RepositoryBuilder(bare: true);
            RandomHistory.Build(repo, seed, commits: 40);
            return Differences(repo).Select(difference => $"history {seed}: {difference}").Take(5).ToList();
        }));

    [Fact]
    public async Task A_commit_that_is_looked_through_leaves_lines_to_those_who_wrote_them()
    {
        var first = _repo.Write("a.cs", "int first;\nint second;\nif (x) { y(); }\nint last;\n").Commit("one");
        var format = _repo.Write("a.cs", "  int first;\n  int second;\n  if (x)\n  {\n    y();\n  }\n  int last;\n").Commit("reformat");
        var edit = _repo.Write("a.cs", "  int first;\n  int second;\n  if (x)\n  {\n    y();\n  }\n  long last;\n").Commit("edit");

        var ledger = await LedgerAsync(CommitId.Parse(format));

        var told = ledger.Origins(new RepoPath("a.cs"), _repo.Git("rev-parse", "HEAD:a.cs").Trim())!;
        var commits = told.Runs.SelectMany(r => Enumerable.Repeat(r.Commit.Hex, r.Count)).ToList();
        Assert.Equal([first, first], commits[..2]);
        Assert.Equal(edit, commits[^1]);
        // One line became four: one of them goes on being it, the others are the commit's own.
        Assert.Single(commits[2..6], first);
        Assert.Equal(
            [first, first, edit],
            [commits[0], commits[1], commits[^1]]);
        Assert.DoesNotContain(ledger.Lifetimes(), l => l.Died?.Hex == format);
    }

    [Fact]
    public async Task A_reindented_file_is_its_authors_as_git_blame_says_with_the_same_list()
    {
        var lines = Enumerable.Range(0, 60).Select(i => $"statement {i * 7919 % 101} of {i};").ToList();
        for (var i = 0; i < 6; i++)
        {
            lines[i * 9] = $"edited in {i} at {i * 31};";
            _repo.Write("a.cs", string.Join('\n', lines) + "\n").Commit($"edit {i}");
        }

        var format = _repo.Write("a.cs", string.Join('\n', lines.Select(l => "    " + l)) + "\n").Commit("reindent");
        _repo.Write("a.cs", string.Join('\n', lines.Select(l => "    " + l).Prepend("// top")) + "\n").Commit("later");

        var told = (await LedgerAsync(CommitId.Parse(format))).Origins(new RepoPath("a.cs"), _repo.Git("rev-parse", "HEAD:a.cs").Trim())!;

        var expected = _repo.Git("blame", "--line-porcelain", "--ignore-rev", format, "HEAD", "--", "a.cs").Split('\n')
            .Where(l => l.Length > 40 && l[..40].All(char.IsAsciiHexDigitLower)).Select(l => l[..40]);
        Assert.Equal(expected, told.Runs.SelectMany(r => Enumerable.Repeat(r.Commit.Hex, r.Count)));
    }

    [Fact]
    public async Task What_became_of_each_line_is_told()
    {
        var first = _repo.Write("a.txt", "kept\nchanged\ndropped\nthis line moves to another file\n").Commit("one");
        var second = _repo.Write("a.txt", "kept\nnew text\n").Write("b.txt", "  this line moves to another file\n").Commit("two");
        var third = _repo.Write("a.txt", "    kept\nnew text\n").Commit("reindent");
        _repo.Delete("b.txt").Commit("gone");
        var fourth = _repo.Head;

        var lives = (await LedgerAsync()).Lifetimes().ToList();

        Assert.Equal(
            [
                new(Id(first), new RepoPath("a.txt"), 1, null, Replaced: false, Moves: 1, Lines: 1),
                new(Id(first), new RepoPath("a.txt"), 2, Id(second), Replaced: true, Moves: 0, Lines: 2),
                new(Id(first), new RepoPath("a.txt"), 4, Id(fourth), Replaced: false, Moves: 1, Lines: 1),
                new(Id(second), new RepoPath("a.txt"), 2, null, Replaced: false, Moves: 0, Lines: 1),
            ],
            lives);
        Assert.DoesNotContain(lives, l => l.Born == Id(third));
    }

    [Fact]
    public async Task What_a_merge_lost_of_a_commit_that_is_looked_through_died_there()
    {
        var first = _repo.Write("a.cs", "kept as it is by everybody;\nlost by the merge alone;\n").Commit("one");
        var format = _repo.Write("a.cs", "    kept as it is by everybody;\n    lost by the merge alone;\n").Commit("reindent");
        _repo.Branch("side").Write("b.cs", "beside;\n").Commit("beside");
        _repo.Checkout("main").Write("c.cs", "other;\n").Commit("other");
        _repo.Merge("merge", "side");
        _repo.Write("a.cs", "    kept as it is by everybody;\n").Git("add", "a.cs");
        _repo.Git("-c", "user.name=x", "-c", "user.email=x@y", "commit", "-q", "--amend", "--no-edit");

        var lives = (await LedgerAsync(Id(format))).Lifetimes().Where(life => life.Path == new RepoPath("a.cs"));

        Assert.Equal(
            [
                new(Id(first), new RepoPath("a.cs"), 1, null, Replaced: false, Moves: 0, Lines: 1),
                new(Id(first), new RepoPath("a.cs"), 2, Id(_repo.Head), Replaced: false, Moves: 0, Lines: 1),
            ],
            lives);
    }

    [Fact]
    public async Task A_line_that_died_on_a_branch_died_by_the_branchs_commit()
    {
        _repo.Write("a.txt", "one\ntwo\nthree\n").Commit("root");
        _repo.Branch("side");
        var killer = _repo.Write("a.txt", "one\nthree\n").Commit("drop two");
        _repo.Checkout("main").Write("b.txt", "other\n").Commit("beside");
        _repo.Merge("merge", "side");

        var died = Assert.Single((await LedgerAsync()).Lifetimes(), l => l.Died is not null);

        Assert.Equal(killer, died.Died?.Hex);
        Assert.False(died.Replaced);
    }

    [Fact]
    public async Task A_hundred_thousand_lines_are_told_like_any_other()
    {
        var first = _repo.Write("gen.txt", string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n"))).Commit("generated");
        _repo.Write("gen.txt", string.Concat(Enumerable.Range(0, 100_000).Select(i => i == 50_000 ? "changed\n" : $"{i}\n"))).Commit("one line");

        var told = (await LedgerAsync()).Origins(new RepoPath("gen.txt"), _repo.Git("rev-parse", "HEAD:gen.txt").Trim())!;

        Assert.Equal((100_000, 3), (told.Lines, told.Runs.Length));
        Assert.Equal((50_002, 49_999, first, 50_002), (told.Runs[2].Start, told.Runs[2].Count, told.Runs[2].Commit.Hex, told.Runs[2].OriginalStart));
    }

    private static CommitId Id(string hex) => CommitId.Parse(hex);

    private async Task<LineLedger> LedgerAsync(params CommitId[] ignored)
    {
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var lookedThrough = await LookedThrough.ReadAsync(git, ignored, s_cancel);
        return await LineLedger.ReadAsync(git.Directory, CommitId.Parse(_repo.Head), lookedThrough, cache: null, s_cancel);
    }

    /// <summary>Every line of every file at HEAD where the forward pass and <c>git blame --porcelain</c> differ.</summary>
    private static List<string> Differences(RepositoryBuilder repo)
    {
        var differences = new List<string>();
        var revision = CommitId.Parse(repo.Head);
        var ledger = LineLedger.ReadAsync(repo.Folder, revision, LookedThrough.Nothing, cache: null, s_cancel).GetAwaiter().GetResult();
        foreach (var entry in repo.Git("-c", "core.quotePath=false", "ls-tree", "-r", "HEAD").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (facts, path) = (entry[..entry.IndexOf('\t', StringComparison.Ordinal)].Split(' '), entry[(entry.IndexOf('\t', StringComparison.Ordinal) + 1)..].Trim('"'));
            var told = ledger.Origins(new RepoPath(path), facts[2]);
            if (told is null)
            {
                differences.Add($"{path}: not told");
                continue;
            }

            var ours = told.Runs.SelectMany(r => Enumerable.Range(0, r.Count).Select(i => (Line: r.Start + i, r.Commit.Hex, r.OriginalPath.Value, r.OriginalStart + i)));
            differences.AddRange(Porcelain(repo, path).Zip(ours).Where(pair => pair.First != pair.Second).Select(pair => $"{path}: git says {pair.First}, we say {pair.Second}"));
            if (Porcelain(repo, path).Count != told.Lines)
            {
                differences.Add($"{path}: another number of lines");
            }
        }

        return differences;
    }

    private static List<(int Line, string Commit, string Path, int OriginalLine)> Porcelain(RepositoryBuilder repo, string path)
    {
        var lines = new List<(int, string, string, int)>();
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        var header = Array.Empty<string>();
        foreach (var line in repo.Git("-c", "core.quotePath=false", "blame", "--line-porcelain", "HEAD", "--", path).Split('\n'))
        {
            if (line.StartsWith("filename ", StringComparison.Ordinal))
            {
                paths[header[0]] = line["filename ".Length..].Trim('"');
            }
            else if (line.StartsWith('\t'))
            {
                lines.Add((int.Parse(header[2], CultureInfo.InvariantCulture), header[0], paths[header[0]], int.Parse(header[1], CultureInfo.InvariantCulture)));
            }
            else if (line.Length > 40 && line[..40].All(char.IsAsciiHexDigitLower))
            {
                header = line.Split(' ');
            }
        }

        return lines;
    }
}
