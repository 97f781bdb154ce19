using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary><c>show</c> on real repositories.</summary>
public class ShowCommandTests
{
    [Fact]
    public async Task A_commit_is_told_with_its_signals_change_and_the_fate_of_its_lines_in_the_promised_shape()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\nold\n").Commit("Start");
        var sha = shop.Write("a.cs", "1\nline two\nline three\nline four\nline five\n").Commit($"Add four (#7)\n\n{Marks.Claude}\n");
        var next = shop.Write("a.cs", "1\nline two\nanother three\nline five\n").Commit("Replace and delete");

        var run = await CliRun.InAsync(shop.Folder, "show", sha[..9], "--format", "json");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        Assert.Equal(
            [
                "repository", "sha", "subject", "committedAt", "authorship", "agents", "signals", "change", "revision", "inHistory", "shallow", "lines",
            ],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(sha, root.GetProperty("sha").GetString());
        Assert.Equal("ai", root.GetProperty("authorship").GetString());
        Assert.Equal("proof", root.GetProperty("signals")[0].GetProperty("strength").GetString());
        Assert.Equal(7, root.GetProperty("change").GetProperty("pullRequest").GetInt32());
        Assert.Equal(sha, root.GetProperty("change").GetProperty("landed").GetString());
        Assert.Equal(next, root.GetProperty("revision").GetString());
        var lines = root.GetProperty("lines");
        Assert.Equal("""{"total":4,"ai":4,"human":0,"unknown":0}""", JsonSerializer.Serialize(lines.GetProperty("written")));
        Assert.Equal((2, 2), (lines.GetProperty("living").GetInt32(), lines.GetProperty("replaced").GetInt32()));
        Assert.Equal("""[{"path":"a.cs","lines":2}]""", JsonSerializer.Serialize(lines.GetProperty("files")));
        var taker = Assert.Single(lines.GetProperty("takenBy").EnumerateArray());
        Assert.Equal((next, "unknown", 2), (
            taker.GetProperty("sha").GetString(), taker.GetProperty("authorship").GetString(), taker.GetProperty("replaced").GetInt32()));
        Assert.Equal("""{"total":1,"ai":0,"human":0,"unknown":1}""", JsonSerializer.Serialize(lines.GetProperty("tookAway")));
    }

    [Fact]
    public async Task What_the_policy_declares_of_unmarked_code_holds_here_too()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("airworthy.yml", "version: 1\nauthorship:\n  unattributed: human\n").Write("a.cs", "1\nold\n").Commit("Start");
        var sha = shop.Write("a.cs", "1\n").Commit("Drop one");

        using var json = JsonDocument.Parse((await CliRun.InAsync(shop.Folder, "show", sha, "--format", "json")).Out);

        Assert.Equal("human", json.RootElement.GetProperty("authorship").GetString());
        Assert.Equal("""{"total":1,"ai":0,"human":1,"unknown":0}""", JsonSerializer.Serialize(json.RootElement.GetProperty("lines").GetProperty("tookAway")));
    }

    [Fact]
    public async Task People_read_what_says_so_and_where_lines_live()
    {
        using var shop = new RepositoryBuilder();
        var sha = shop.Write("a.cs", "1\n2\n").Commit($"Start\n\n{Marks.Claude}\n");
        shop.Write("a.cs", "1\n").Commit("Drop one");

        var run = await CliRun.InAsync(shop.Folder, "show", sha);

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal($"{sha[..12]}  Start", run.Lines.First());
        Assert.Contains("written by   ai · claude-code (Opus 4.6)", run.Out, StringComparison.Ordinal);
        Assert.Contains("proof   co-author     Claude Opus 4.6 <noreply@anthropic.com>  [commit]", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 written (2 ai) · 1 live at", run.Out, StringComparison.Ordinal);
        Assert.Contains("0 replaced, 1 deleted  Drop one", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompts_are_shown_only_when_asked_for_and_without_control_characters()
    {
        const string Note = """
            a.cs
              0123456789abcdef 1
            ---
            {"schema_version":"authorship/3.0.0","prompts":{"0123456789abcdef":{"agent_id":{"tool":"cursor","id":"conv-1","model":"gpt-5"},
             "messages":[{"type":"user","text":"Count the stock\nby \u001b[31mwarehouse"}]}}}
            """;
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("Start");
        shop.Note(Note);

        var without = await CliRun.InAsync(shop.Folder, "show", "HEAD");
        var silent = await CliRun.InAsync(shop.Folder, "show", "HEAD", "--format", "json");
        var text = await CliRun.InAsync(shop.Folder, "show", "HEAD", "--prompts");
        var json = await CliRun.InAsync(shop.Folder, "show", "HEAD", "--prompts", "--format", "json");

        Assert.DoesNotContain("Count the stock", without.Out + silent.Out, StringComparison.Ordinal);
        Assert.Contains("cursor was asked  [refs/notes/ai]", text.Out, StringComparison.Ordinal);
        Assert.Contains("Count the stock\n", text.Out, StringComparison.Ordinal);
        Assert.Contains("by \\033[31mwarehouse", text.Out, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json.Out);
        var prompt = Assert.Single(document.RootElement.GetProperty("prompts").EnumerateArray());
        Assert.Equal(
            ("refs/notes/ai", "cursor", "conv-1", "Count the stock\nby \u001b[31mwarehouse"),
            (prompt.GetProperty("source").GetString(), prompt.GetProperty("agent").GetString(), prompt.GetProperty("session").GetString(), prompt.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_commit_without_stored_prompts_says_so_when_asked()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("Start");

        var text = await CliRun.InAsync(shop.Folder, "show", "HEAD", "--prompts");
        var json = await CliRun.InAsync(shop.Folder, "show", "HEAD", "--prompts", "--format", "json");

        Assert.Contains("prompts      none stored", text.Out, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json.Out);
        Assert.Empty(document.RootElement.GetProperty("prompts").EnumerateArray());
    }

    [Fact]
    public async Task Text_of_the_repository_writes_no_control_characters_to_the_terminal()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("Red \u001b[31m alert\u0007");
        shop.Write("a.cs", "2\n").Commit("Take \u001b]0;title\u0007 over");

        var run = await CliRun.InAsync(shop.Folder, "show", "HEAD~1");

        Assert.Equal(0, run.Exit);
        Assert.DoesNotContain(run.Out, c => char.IsControl(c) && c != '\n');
        Assert.Contains("Red \\033[31m alert", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_that_only_moved_lines_wrote_none()
    {
        const string Block = "public static int TheAnswer() => 42;\npublic static int TheQuestion() => throw new NotSupportedException();\n";
        using var shop = new RepositoryBuilder();
        var first = shop.Write("a.cs", "one\n" + Block).Commit("Add");
        var move = shop.Write("a.cs", "one\n").Write("b.cs", Block).Commit("Move");

        var (of, by) = (await CliRun.InAsync(shop.Folder, "show", first), await CliRun.InAsync(shop.Folder, "show", move));

        Assert.Contains("3 written (3 unknown) · 3 live at", of.Out, StringComparison.Ordinal);
        Assert.Contains("(2 of them moved)", of.Out, StringComparison.Ordinal);
        Assert.Contains("lines        none written", by.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_of_another_branch_is_told_without_its_lines()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("Start");
        shop.Branch("topic").Write("b.cs", "b\n").Commit($"Topic\n\n{Marks.Claude}\n");
        shop.Checkout("main");

        var json = await CliRun.InAsync(shop.Folder, "show", "topic", "--format", "json");
        var text = await CliRun.InAsync(shop.Folder, "show", "topic");
        var there = await CliRun.InAsync(shop.Folder, "show", "topic", ".", "--rev", "topic");

        using var document = JsonDocument.Parse(json.Out);
        Assert.False(document.RootElement.GetProperty("inHistory").GetBoolean());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("lines").ValueKind);
        Assert.Contains("ai · claude-code", text.Out, StringComparison.Ordinal);
        Assert.Contains("name a revision that has it by --rev", text.Out, StringComparison.Ordinal);
        Assert.Contains("1 written (1 ai) · 1 live at", there.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shallow_clone_is_marked()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("Start");
        shop.Write("a.cs", "1\n2\n").Commit("Next");
        using var clone = shop.Clone("--depth", "1");

        var run = await CliRun.InAsync(clone.Folder, "show", "HEAD", "--format", "json");

        using var json = JsonDocument.Parse(run.Out);
        Assert.True(json.RootElement.GetProperty("shallow").GetBoolean());
        Assert.Contains("git fetch --unshallow", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HEAD^{tree}", "is a tree in 'repo', not a commit")]
    [InlineData("HEAD:a.cs", "is a blob in 'repo', not a commit")]
    [InlineData("of-a-tree", "is a tree in 'repo', not a commit")]
    [InlineData("annotated-tree", "is a tag in 'repo', not a commit")]
    [InlineData("0123456789", "names no commit")]
    [InlineData("--", "Required argument")]
    [InlineData("a\nb", "names no commit")]
    public async Task What_is_no_commit_is_refused_in_one_sentence(string name, string complaint)
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("Start");
        shop.Tag("of-a-tree", "HEAD^{tree}");
        shop.Git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "tag", "-a", "-m", "A tree", "annotated-tree", "HEAD^{tree}");

        var run = await CliRun.InAsync(shop.Folder, "show", name);

        Assert.Equal((64, ""), (run.Exit, run.Out));
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_of_a_commit_is_that_commit_and_a_folder_without_repository_is_refused()
    {
        using var shop = new RepositoryBuilder();
        var sha = shop.Write("a.cs", "1\n").Commit("Start");
        shop.Git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "tag", "-a", "-m", "One", "v1");

        var run = await CliRun.InAsync(shop.Folder, "show", "v1");
        var outside = await CliRun.InAsync(Path.GetDirectoryName(shop.Folder)!, "show", "HEAD");

        Assert.StartsWith(sha[..12], run.Out, StringComparison.Ordinal);
        Assert.Equal(64, outside.Exit);
        Assert.Contains("is not a git repository", outside.Error, StringComparison.Ordinal);
    }
}
