using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Provenance;

public class NoteCommandTests
{
    [Fact]
    public async Task All_lines_the_commit_added_are_the_agent_s_and_blame_says_so()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "old\n").Commit("Start");
        shop.Write("a.cs", "new\nold\nnewer\n").Write("with space.cs", "x\n").Commit("Work");

        var run = await CliRun.InAsync(shop.Folder, "note", "add", "--agent", "claude", "--model", "claude-opus-4-8", "--session", "conv-1");
        var blame = await CliRun.InAsync(shop.Folder, "blame", "--format", "ndjson", ".", "a.cs");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("recorded 3 lines in 2 files", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            ["a.cs:1=claude/claude-opus-4-8", "a.cs:3=claude/claude-opus-4-8", "with space.cs:1=claude/claude-opus-4-8"],
            PlainNote.Lines(shop, "HEAD"));
        Assert.Equal(["ai", "unknown", "ai"], Runs(blame));
        Assert.Contains("\"agent\":\"claude-code\",\"model\":\"claude-opus-4-8\",\"session\":\"conv-1\"", blame.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_note_has_the_grammar_and_the_keys_of_git_ai()
    {
        using var shop = new RepositoryBuilder();
        var commit = shop.Write("a.cs", "1\n2\n").Write("b c.cs", "1\n").Commit("Work");

        await CliRun.InAsync(shop.Folder, "note", "add", "--agent", "codex", "--model", "gpt-5", "--session", "conv-1", "--human", "Ada <ada@example.org>");

        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("codex:conv-1")))[..14];
        var text = PlainNote.Text(shop, "HEAD");
        Assert.Matches($"^a\\.cs\n  s_{key}::t_[0-9a-f]{{14}} 1-2\n\"b c\\.cs\"\n  s_{key}::t_[0-9a-f]{{14}} 1\n---\n\\{{\n", text);
        using var json = JsonDocument.Parse(text[(text.IndexOf("---", StringComparison.Ordinal) + 4)..]);
        Assert.Equal("authorship/3.0.0", json.RootElement.GetProperty("schema_version").GetString());
        Assert.Equal(commit, json.RootElement.GetProperty("base_commit_sha").GetString());
        Assert.Equal(JsonValueKind.Object, json.RootElement.GetProperty("prompts").ValueKind);
        Assert.Equal("Ada <ada@example.org>", json.RootElement.GetProperty("sessions").GetProperty($"s_{key}").GetProperty("human_author").GetString());
    }

    [Fact]
    public async Task A_person_and_an_agent_share_a_commit_and_what_was_there_stays()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n2\n3\n4\n").Commit("Work");
        shop.Note("""
            a.cs
              s_0123456789abcd::t_00000000000001 4
            ---
            {"schema_version":"authorship/3.0.0","base_commit_sha":"0","prompts":{},"logical_commit_id":"kept",
             "sessions":{"s_0123456789abcd":{"agent_id":{"tool":"cursor","id":"c","model":"m"},"custom_attributes":{"team":"é"}}}}
            """);

        var human = await CliRun.InAsync(shop.Folder, "note", "add", "--human", "Ada Lovelace <ada@example.org>", "--lines", "a.cs:1-2");
        var agent = await CliRun.InAsync(shop.Folder, "note", "add", "--agent", "claude", "--model", "m");

        Assert.Equal((0, 0), (human.Exit, agent.Exit));
        Assert.Equal(["a.cs:1=Ada", "a.cs:2=Ada", "a.cs:3=claude/m", "a.cs:4=cursor/m"], PlainNote.Lines(shop, "HEAD"));
        Assert.Contains("\"logical_commit_id\": \"kept\"", PlainNote.Text(shop, "HEAD"), StringComparison.Ordinal);
        Assert.Contains("\"team\": \"é\"", PlainNote.Text(shop, "HEAD"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recording_again_what_is_recorded_changes_nothing()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("Work");
        await CliRun.InAsync(shop.Folder, "note", "add", "--agent", "claude");
        var before = shop.Git("rev-parse", "refs/notes/ai");

        var again = await CliRun.InAsync(shop.Folder, "note", "add", "--agent", "codex");

        Assert.Equal(0, again.Exit);
        Assert.Contains("recorded already", again.Out, StringComparison.Ordinal);
        Assert.Equal(before, shop.Git("rev-parse", "refs/notes/ai"));
    }

    [Theory]
    [InlineData("did not add all of lines 1-3 of 'a.cs'; it added 1, 3", "--agent", "claude", "--lines", "a.cs:1-3")]
    [InlineData("did not add all of lines 9-9", "--agent", "claude", "--lines", "a.cs:9")]
    [InlineData("added no lines to 'none.cs'; it added to a.cs", "--agent", "claude", "--lines", "none.cs")]
    [InlineData("names no lines", "--agent", "claude", "--lines", "a.cs:3-1")]
    [InlineData("names no lines", "--agent", "claude", "--lines", "a.cs:0")]
    [InlineData("nobody is named", "--model", "gpt-5")]
    [InlineData("nobody is named")]
    [InlineData("names nobody", "--human", "Ada")]
    [InlineData("is no agent's name", "--agent", "claude code\n")]
    [InlineData("--model is empty", "--agent", "claude", "--model", "")]
    [InlineData("names no commit", "--agent", "claude", "--commit", "nowhere")]
    public async Task What_can_t_be_recorded_is_one_sentence_and_writes_nothing(string sentence, params string[] arguments)
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "old\n").Commit("Start");
        shop.Write("a.cs", "new\nold\nnewer\n").Commit("Work");

        var run = await CliRun.InAsync(shop.Folder, ["note", "add", .. arguments]);

        Assert.Equal((64, ""), (run.Exit, run.Out));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Empty(shop.Git("for-each-ref", "refs/notes"));
    }

    [Fact]
    public async Task A_merge_s_note_speaks_only_of_lines_made_in_the_merge()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("Start");
        shop.Branch("topic").Write("b.cs", "b\n").Commit("Topic");
        shop.Checkout("main").Write("c.cs", "c\n").Commit("Main");
        shop.Merge("Merge branch 'topic'", "topic");

        var clean = await CliRun.InAsync(shop.Folder, "note", "add", "--agent", "claude");

        Assert.Equal(64, clean.Exit);
        Assert.Contains("it is a merge", clean.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_of_another_form_is_refused_not_replaced()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("Work");
        shop.Note("just a remark\n");

        var run = await CliRun.InAsync(shop.Folder, "note", "add", "--agent", "claude");

        Assert.Equal(65, run.Exit);
        Assert.Contains("can't be added to: it has no line '---'", run.Error, StringComparison.Ordinal);
        Assert.Equal("just a remark\n", PlainNote.Text(shop, "HEAD"));
    }

    [Fact]
    public async Task Many_writers_at_once_lose_nothing()
    {
        using var shop = new RepositoryBuilder();
        var commits = Enumerable.Range(0, 8).Select(i => shop.Write($"{i}.cs", "1\n2\n").Commit($"Work {i}")).ToList();
        shop.Write("shared.cs", string.Concat(Enumerable.Range(1, 8).Select(i => $"{i}\n"))).Commit("Shared");

        var runs = await Task.WhenAll(
            commits.Select(commit => CliRun.InAsync(shop.Folder, "note", "add", "--agent", "claude", "--model", "m", "--commit", commit))
                .Concat(Enumerable.Range(1, 8).Select(i =>
                    CliRun.InAsync(shop.Folder, "note", "add", "--agent", "codex", "--model", $"m{i}", "--lines", $"shared.cs:{i}"))));

        Assert.All(runs, run => Assert.Equal((0, ""), (run.Exit, run.Error)));
        Assert.All(commits, commit => Assert.Equal(2, PlainNote.Lines(shop, commit).Length));
        Assert.Equal(Enumerable.Range(1, 8).Select(i => $"shared.cs:{i}=codex/m{i}"), PlainNote.Lines(shop, "HEAD"));
    }

    [Fact]
    public async Task Notes_spread_over_folders_stay_found_by_git()
    {
        using var shop = new RepositoryBuilder(objectFormat: "sha256");
        var commit = shop.Write("schön \"x\".cs", "1\n").Commit("Work");
        var blob = shop.GitWithInput("note\n"u8.ToArray(), "hash-object", "-w", "--stdin").Trim();
        var other = new string('a', 62);
        var inner = shop.GitWithInput(Encoding.ASCII.GetBytes($"100644 blob {blob}\t{other}\n"), "mktree").Trim();
        var tree = shop.GitWithInput(Encoding.ASCII.GetBytes($"040000 tree {inner}\tbb\n"), "mktree").Trim();
        var notes = shop.Git("-c", "user.name=A", "-c", "user.email=a@b.c", "commit-tree", tree, "-m", "Notes").Trim();
        shop.Git("update-ref", "refs/notes/ai", notes);

        var run = await CliRun.InAsync(shop.Folder, "note", "add", "--agent", "claude", "--model", "m");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(["schön \"x\".cs:1=claude/m"], PlainNote.Lines(shop, commit));
        Assert.Contains($"{blob} bb{other}", shop.Git("notes", "--ref=ai", "list"), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Runs(CliRun blame)
    {
        using var json = JsonDocument.Parse(blame.Lines.Single());
        return [.. json.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("authorship").GetString())];
    }
}
