using System.Text;
using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.BadInput;

/// <summary>Repositories of a rare shape, through every command that reads lines.</summary>
public sealed class OddRepositoryTests : IDisposable
{
    private RepositoryBuilder _repo = new();

    public void Dispose() => _repo.Dispose();

    [Fact]
    public async Task Names_of_sha256_are_told_in_full()
    {
        _repo.Dispose();
        _repo = new RepositoryBuilder(objectFormat: "sha256");
        var first = _repo.Write("a.cs", "one\ntwo\n").Commit("First");
        var second = _repo.Write("a.cs", "one\n2\n").Commit($"Second\n\n{Marks.Claude}\n");
        _repo.Note(GitAiNote.Of("a.cs", "2"));

        Assert.Equal(64, first.Length);
        Assert.Equal([(1, first, "unknown"), (2, second, "ai")], await BlameAsync("a.cs"));
        await AssertEveryVerbAnswersAsync();
    }

    [Fact]
    public async Task A_merge_of_four_leaves_each_line_with_the_branch_that_wrote_it()
    {
        _repo.Write("a.cs", "1\n\n2\n\n3\n\n4\n").Commit("Start");
        var wrote = new List<string>();
        foreach (var branch in Enumerable.Range(2, 3))
        {
            _repo.Branch($"b{branch}", "main");
            wrote.Add(_repo.Write($"b{branch}.cs", $"branch {branch}\n").Commit($"Branch {branch}\n\n{Marks.Claude}\n"));
        }

        wrote.Insert(0, _repo.Checkout("main").Write("main.cs", "main\n").Commit("Main"));
        _repo.Merge("Octopus", "b2", "b3", "b4");

        Assert.Equal(5, _repo.Git("rev-list", "--parents", "-n", "1", "HEAD").Split(' ').Length);
        Assert.Equal([(1, wrote[0], "unknown")], await BlameAsync("main.cs"));
        Assert.All(Enumerable.Range(2, 3), branch => Assert.Equal([(1, wrote[branch - 1], "ai")], BlameAsync($"b{branch}.cs").Result));
        await AssertEveryVerbAnswersAsync();
    }

    [Fact]
    public async Task Two_roots_keep_their_lines_apart()
    {
        var one = _repo.Write("a.cs", "one\n").Commit("One root");
        _repo.Git("checkout", "-q", "--orphan", "other");
        _repo.Git("rm", "-q", "-r", "-f", ".");
        var two = _repo.Write("b.cs", "two\n").Commit($"Another root\n\n{Marks.Claude}\n");
        _repo.Checkout("main").Git("-c", "user.name=A", "-c", "user.email=a@example.org", "merge", "-q", "--allow-unrelated-histories", "-m", "Join", "other");

        Assert.Equal([(1, one, "unknown")], await BlameAsync("a.cs"));
        Assert.Equal([(1, two, "ai")], await BlameAsync("b.cs"));
        await AssertEveryVerbAnswersAsync();
    }

    [Fact]
    public async Task A_submodule_that_became_a_folder_is_told_from_its_files()
    {
        var first = _repo.Write("a.cs", "one\n").Commit("First");
        _repo.Git("update-index", "--add", "--cacheinfo", $"160000,{first},lib");
        _repo.Git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "A submodule");
        _repo.Git("rm", "-q", "--cached", "lib");
        var folder = _repo.Write("lib/b.cs", "b\n").Commit($"A folder\n\n{Marks.Claude}\n");

        Assert.Equal([(1, folder, "ai")], await BlameAsync("lib/b.cs"));
        await AssertEveryVerbAnswersAsync();
    }

    [Fact]
    public async Task Grafts_and_replace_refs_change_no_answer()
    {
        var first = _repo.Write("a.cs", "one\n").Commit("First");
        var second = _repo.Write("a.cs", "one\ntwo\n").Commit("Second");
        var third = _repo.Write("a.cs", "one\ntwo\nthree\n").Commit("Third");
        var impostor = _repo.Git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit-tree", "HEAD^{tree}", "-m", $"Impostor\n\n{Marks.Claude}").Trim();
        var before = await EveryAnswerAsync();

        _repo.Git("replace", third, impostor);
        _repo.Git("replace", "--graft", second);
        await File.WriteAllTextAsync(Path.Combine(_repo.Folder, ".git", "info", "grafts"), $"{third}\n", TestContext.Current.CancellationToken);

        Assert.Equal([(1, first, "unknown"), (2, second, "unknown"), (3, third, "unknown")], await BlameAsync("a.cs"));
        Assert.Equal(before, await EveryAnswerAsync());
    }

    [Fact]
    public async Task A_generated_file_of_a_hundred_thousand_lines_is_told_whole()
    {
        var first = _repo.Write("generated.cs", Lines(0)).Commit("Generate");
        var second = _repo.Write("generated.cs", Lines(70_000)).Commit($"Generate the end anew\n\n{Marks.Claude}\n");

        var run = await CliRun.InAsync(_repo.Folder, "blame", "--format", "ndjson");
        var scan = await CliRun.InAsync(_repo.Folder, "scan", "--format", "json");

        using var file = JsonDocument.Parse(run.Lines.Single());
        Assert.Equal(
            [(1, 69_999, first), (70_000, 30_001, second)],
            file.RootElement.GetProperty("runs").EnumerateArray().Select(part => (part.GetProperty("start").GetInt32(), part.GetProperty("count").GetInt32(), part.GetProperty("sha").GetString()!)));
        using var counted = JsonDocument.Parse(scan.Out);
        Assert.Equal((100_000, 30_001), (
            counted.RootElement.GetProperty("lines").GetProperty("total").GetInt32(), counted.RootElement.GetProperty("lines").GetProperty("ai").GetInt32()));
        await AssertEveryVerbAnswersAsync();

        static string Lines(int from) => string.Concat(Enumerable.Range(1, 100_000).Select(line => from > 0 && line >= from ? $"new {line}\n" : $"{line}\n"));
    }

    [Fact]
    public async Task A_path_of_bytes_that_are_no_text_passes_through_every_verb()
    {
        var blob = _repo.GitWithInput("one\n"u8.ToArray(), "hash-object", "-w", "--stdin").Trim();
        var tree = _repo.GitWithInput([.. Encoding.ASCII.GetBytes($"100644 blob {blob}\t"), (byte)'a', 0xFF, 0x80, 0], "mktree", "-z").Trim();
        var commit = _repo.GitWithInput([], "-c", "user.name=A", "-c", "user.email=a@example.org", "commit-tree", tree, "-m", $"Add\n\n{Marks.Claude}\n").Trim();
        _repo.Git("update-ref", "refs/heads/main", commit);
        _repo.GitWithInput(
            Encoding.Latin1.GetBytes(GitAiNote.Of("a\u00FF\u0080", "1")), "-c", "user.name=A", "-c", "user.email=a@example.org", "notes", "--ref=ai", "add", "-F", "-");

        var run = await CliRun.InAsync(_repo.Folder, "blame", "--format", "ndjson");

        using var file = JsonDocument.Parse(run.Lines.Single());
        Assert.Equal([(byte)'a', 0xFF, 0x80], file.RootElement.GetProperty("pathBase64").GetBytesFromBase64());
        Assert.Equal("line", file.RootElement.GetProperty("runs")[0].GetProperty("basis").GetString());
        await AssertEveryVerbAnswersAsync();
    }

    private async Task<List<(int Line, string Commit, string Who)>> BlameAsync(string path)
    {
        var run = await CliRun.InAsync(_repo.Folder, "blame", ".", path, "--format", "ndjson");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        using var file = JsonDocument.Parse(run.Lines.Single());
        return
        [
            .. file.RootElement.GetProperty("runs").EnumerateArray().SelectMany(part => Enumerable.Range(part.GetProperty("start").GetInt32(), part.GetProperty("count").GetInt32())
                .Select(line => (line, part.GetProperty("sha").GetString()!, part.GetProperty("authorship").GetString()!))),
        ];
    }

    private async Task AssertEveryVerbAnswersAsync() => Assert.All(await EveryAnswerAsync(), run => Assert.Equal((0, ""), (run.Exit, run.Error)));

    private async Task<List<CliRun>> EveryAnswerAsync()
    {
        var runs = new List<CliRun>();
        foreach (var verb in (string[])["scan --format json", "commits --format ndjson", "blame --format ndjson", "rework --format json", "show HEAD --format json", "changes list --repo --format json"])
        {
            runs.Add(await CliRun.InAsync(_repo.Folder, verb.Split(' ')));
        }

        return runs;
    }
}
