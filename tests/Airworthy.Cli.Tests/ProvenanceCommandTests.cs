using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary><c>scan</c>, <c>commits</c> and <c>blame</c> on real repositories.</summary>
public class ProvenanceCommandTests
{
    [Fact]
    public async Task Commits_tell_author_change_and_signals_in_the_promised_shape()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("Start");
        var sha = shop.Write("a.cs", "1\n2\n").Commit($"Add two\n\n{Marks.Claude}\n");

        var run = await CliRun.InAsync(shop.Folder, "commits", "--format", "ndjson");

        Assert.Equal(0, run.Exit);
        Assert.Equal(2, run.Lines.Count());
        using var first = JsonDocument.Parse(run.Lines.First());
        Assert.Equal(["sha", "change", "authorship", "agents", "signals", "origins"], first.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(sha, first.RootElement.GetProperty("sha").GetString());
        Assert.Equal("ai", first.RootElement.GetProperty("authorship").GetString());
        Assert.Equal("""{"agent":"claude-code","model":"Opus 4.6","session":null}""", first.RootElement.GetProperty("agents")[0].GetRawText());
        Assert.Equal(
            """{"kind":"co-author","source":"commit","strength":"proof","value":"Claude Opus 4.6 <noreply@anthropic.com>","agent":"claude-code"}""",
            first.RootElement.GetProperty("signals")[0].GetRawText());
        using var second = JsonDocument.Parse(run.Lines.Last());
        Assert.Equal("unknown", second.RootElement.GetProperty("authorship").GetString());
    }

    [Fact]
    public async Task Commits_of_a_range_are_those_of_rev_list_with_the_changes_of_the_whole_history()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("Start");
        shop.Branch("topic").Write("b.cs", "b\n").Commit("Topic");
        shop.Checkout("main").Write("c.cs", "c\n").Commit("Main");
        shop.Merge("Merge pull request #9 from ada/topic", "topic");
        shop.Tag("v1").Write("d.cs", "d\n").Commit("After");

        var all = await CliRun.InAsync(shop.Folder, "commits", "--format", "ndjson");
        var range = await CliRun.InAsync(shop.Folder, "commits", ".", "--rev", "main~2..v1", "--format", "ndjson");

        Assert.Equal(shop.Git("rev-list", "main").Split('\n', StringSplitOptions.RemoveEmptyEntries), all.Lines.Select(line => Text(line, "sha")));
        Assert.Equal(shop.Git("rev-list", "main~2..v1").Split('\n', StringSplitOptions.RemoveEmptyEntries), range.Lines.Select(line => Text(line, "sha")));
        Assert.Single(range.Lines.Select(line => Text(line, "change")).Distinct(StringComparer.Ordinal));
        Assert.Superset(range.Lines.ToHashSet(StringComparer.Ordinal), all.Lines.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Blame_parts_lines_by_note_and_falls_back_to_the_commits_own_marks()
    {
        using var shop = new RepositoryBuilder();
        var start = shop.Write("a.cs", "1\n").Commit("Start");
        var sha = shop.Write("a.cs", "1\n2\n3\n4\n").Commit($"Add\n\nCo-authored-by: Cursor <cursoragent@cursor.com>\n");
        shop.Note(Note("a.cs\n  s_0123456789abcd::t_1 2\n  h_0123456789abcd 3\n"));

        var run = await CliRun.InAsync(shop.Folder, "blame", ".", "a.cs", "--format", "ndjson");

        Assert.Equal(0, run.Exit);
        using var file = JsonDocument.Parse(Assert.Single(run.Lines));
        Assert.Equal(["path", "lines", "runs"], file.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(4, file.RootElement.GetProperty("lines").GetInt32());
        var runs = file.RootElement.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal(
            ["start", "count", "sha", "originalPath", "originalStart", "authorship", "basis", "agents"],
            runs[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            [
                (1, 1, start, "unknown", "commit", ""),
                (2, 1, sha, "ai", "line", "claude-code"),
                (3, 1, sha, "human", "line", ""),
                (4, 1, sha, "ai", "commit", "cursor"),
            ],
            runs.Select(run => (
                run.GetProperty("start").GetInt32(),
                run.GetProperty("count").GetInt32(),
                run.GetProperty("sha").GetString()!,
                run.GetProperty("authorship").GetString()!,
                run.GetProperty("basis").GetString()!,
                string.Join(',', run.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("agent").GetString())))));
    }

    [Fact]
    public async Task Lines_a_note_does_not_mention_are_unknown_when_nothing_else_tells()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n2\n").Commit("Add");
        shop.Note(Note("a.cs\n  s_0123456789abcd::t_1 1\n"));

        var run = await CliRun.InAsync(shop.Folder, "blame", "--format", "ndjson");

        Assert.Equal("ai,unknown", Runs(run.Lines.Single(), "authorship"));
    }

    [Fact]
    public async Task A_note_follows_its_lines_through_a_rename_and_lines_put_above_them()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("old name.cs", string.Concat(Enumerable.Range(1, 30).Select(line => $"line number {line} of the file\n"))).Commit("Add");
        shop.Note(Note("\"old name.cs\"\n  s_0123456789abcd::t_1 10-12\n"));
        shop.Move("old name.cs", "new.cs").Commit("Rename");
        shop.Write("new.cs", "above\n" + File.ReadAllText(Path.Combine(shop.Folder, "new.cs"))).Commit("Put a line above");

        var run = await CliRun.InAsync(shop.Folder, "blame", "--format", "ndjson");

        using var file = JsonDocument.Parse(run.Lines.Single());
        var ai = Assert.Single(file.RootElement.GetProperty("runs").EnumerateArray(), part => part.GetProperty("authorship").GetString() == "ai");
        Assert.Equal((11, 3, "old name.cs", 10), (
            ai.GetProperty("start").GetInt32(), ai.GetProperty("count").GetInt32(), ai.GetProperty("originalPath").GetString(), ai.GetProperty("originalStart").GetInt32()));
    }

    [Fact]
    public async Task Scan_counts_commits_and_lines_and_what_it_covers()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("src/a.cs", "1\n2\n3\n").Write("logo.png", [0, 1, 2]).Commit("Start");
        shop.Write("src/b.cs", "1\n2\n").Commit($"Add b\n\n{Marks.Claude}\n");
        shop.Write("src/c.cs", "1\n").Commit("Add c");
        shop.Note(Note("src/c.cs\n  s_0123456789abcd::t_1 1\n"));

        var json = await CliRun.InAsync(shop.Folder, "scan", "--format", "json");
        var text = await CliRun.InAsync(shop.Folder, "scan");

        Assert.Equal(0, json.Exit);
        using var scan = JsonDocument.Parse(json.Out);
        var root = scan.RootElement;
        Assert.Equal((3, 2, 0, 1), Tally(root.GetProperty("commits")));
        Assert.Equal((6, 3, 0, 3), Tally(root.GetProperty("lines")));
        Assert.Equal(1, root.GetProperty("lines").GetProperty("knownByLine").GetInt32());
        Assert.Equal(2, root.GetProperty("lines").GetProperty("knownByCommit").GetInt32());
        Assert.Equal(["co-author", "note"], root.GetProperty("knownFrom").EnumerateArray().Select(source => source.GetProperty("kind").GetString()));
        Assert.Equal(["opus-4.6", "opus-4.8"], root.GetProperty("agents")[0].GetProperty("models").EnumerateArray().Select(model => model.GetProperty("model").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(0.5, root.GetProperty("coverage").GetProperty("linesKnown").GetDouble());
        Assert.Equal("binary", root.GetProperty("coverage").GetProperty("skipped")[0].GetProperty("reason").GetString());
        Assert.False(root.GetProperty("shallow").GetBoolean());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("disclosureDropped").ValueKind);
        Assert.Equal(0, text.Exit);
        Assert.Contains("3 commits · 6 living lines", text.Out, StringComparison.Ordinal);
        Assert.Contains("claude-code 2", text.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_share_of_nothing_is_null_and_never_a_number()
    {
        using var shop = new RepositoryBuilder();
        shop.Commit("Nothing yet");

        var scan = await CliRun.InAsync(shop.Folder, "scan", "--format", "json");
        var rework = await CliRun.InAsync(shop.Folder, "rework", "--format", "json");

        foreach (var run in new[] { scan, rework })
        {
            using var json = JsonDocument.Parse(run.Out);
            Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("coverage").GetProperty("linesKnown").ValueKind);
        }
    }

    [Fact]
    public async Task Blame_looks_through_a_commit_that_is_named()
    {
        using var repo = new RepositoryBuilder();
        var first = repo.Write("a.cs", "int x;\nint y;\n").Commit("one");
        var format = repo.Write("a.cs", "    int x;\n    int y;\n").Commit("reformat");

        var whole = await CliRun.InAsync(repo.Folder, "blame", ".", "--ignore-rev", format, "--format", "ndjson");
        var file = await CliRun.InAsync(repo.Folder, "blame", ".", "a.cs", "--ignore-rev", format, "--format", "ndjson");
        var unknown = await CliRun.InAsync(repo.Folder, "blame", ".", "--ignore-rev", "nothing");

        Assert.Contains($"\"count\":2,\"sha\":\"{first}\"", whole.Out, StringComparison.Ordinal);
        Assert.Equal(whole.Out, file.Out);
        Assert.Equal((64, true), (unknown.Exit, unknown.Error.Contains("'nothing' names no commit", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_fall_of_disclosure_at_the_same_volume_is_told()
    {
        using var shop = new RepositoryBuilder();
        for (var i = 0; i < 12; i++)
        {
            shop.Commit($"Marked {i}\n\n{Marks.Claude}\n");
        }

        shop.Wait(TimeSpan.FromDays(62));
        for (var i = 0; i < 12; i++)
        {
            shop.Commit($"Not marked {i}\n");
        }

        var text = await CliRun.InAsync(shop.Folder, "scan");

        Assert.Contains("disclosure dropped: 100.0 % of 12 commits in 2026-03 named an agent, 0.0 % of 12 in 2026-05", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_note_is_told_and_left_out()
    {
        using var shop = new RepositoryBuilder();
        var sha = shop.Write("a.cs", "1\n").Commit($"Add\n\n{Marks.Claude}\n");
        shop.Note("a.cs\n  s_0123456789abcd::t_1 1\n---\n{ \"schema_version\": ");

        var scan = await CliRun.InAsync(shop.Folder, "scan", "--format", "json");
        var commits = await CliRun.InAsync(shop.Folder, "commits", "--format", "ndjson");

        Assert.Equal((0, 0), (scan.Exit, commits.Exit));
        using var json = JsonDocument.Parse(scan.Out);
        var unreadable = Assert.Single(json.RootElement.GetProperty("notes").GetProperty("unreadable").EnumerateArray());
        Assert.Equal(sha, unreadable.GetProperty("sha").GetString());
        Assert.Equal("ai", Text(commits.Lines.Single(), "authorship"));
        Assert.Contains($"the note of {sha[..12]} in refs/notes/ai is left out: its JSON is malformed", commits.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("with space.cs")]
    [InlineData("tab\there.cs")]
    [InlineData("quote\"d.cs")]
    [InlineData("line\nbreak.cs")]
    [InlineData("schön/日本.cs")]
    [InlineData("-dash.cs")]
    [InlineData("[a]*?.cs")]
    public async Task Odd_paths_come_out_as_they_are(string path)
    {
        using var shop = new RepositoryBuilder();
        shop.Write(path, "1\n").Commit($"Add\n\n{Marks.Claude}\n");

        var run = await CliRun.InAsync(shop.Folder, "blame", "--format", "ndjson", ".", "--", path);
        var scan = await CliRun.InAsync(shop.Folder, "scan");

        Assert.Equal((0, 0, ""), (run.Exit, scan.Exit, run.Error));
        Assert.Equal(path, Text(run.Lines.Single(), "path"));
        Assert.Equal("ai", Runs(run.Lines.Single(), "authorship"));
    }

    [Fact]
    public async Task A_path_that_is_not_utf8_also_comes_as_bytes()
    {
        using var shop = new RepositoryBuilder();
        var blob = shop.GitWithInput("1\n"u8.ToArray(), "hash-object", "-w", "--stdin").Trim();
        byte[] entry = [.. System.Text.Encoding.ASCII.GetBytes($"100644 blob {blob}\t"), (byte)'a', 0xFF, 0];
        var tree = shop.GitWithInput(entry, "mktree", "-z").Trim();
        var commit = shop.GitWithInput([], "-c", "user.name=A", "-c", "user.email=a@b.c", "commit-tree", tree, "-m", "Add").Trim();

        var run = await CliRun.InAsync(shop.Folder, "blame", "--rev", commit, "--format", "ndjson");

        Assert.Equal(0, run.Exit);
        Assert.Equal("a\uFFFD", Text(run.Lines.Single(), "path"));
        Assert.Equal(Convert.ToBase64String([(byte)'a', 0xFF]), Text(run.Lines.Single(), "pathBase64"));
    }

    [Fact]
    public async Task A_shallow_clone_is_marked_with_the_command_that_deepens_it()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("One");
        shop.Write("a.cs", "1\n2\n").Commit("Two");
        using var clone = shop.Clone("--depth", "1");

        var text = await CliRun.InAsync(clone.Folder, "scan");
        var json = await CliRun.InAsync(clone.Folder, "scan", "--format", "json");
        var blame = await CliRun.InAsync(clone.Folder, "blame", "--format", "ndjson");

        Assert.Contains("git fetch --unshallow", text.Out, StringComparison.Ordinal);
        Assert.Contains("git fetch --unshallow", blame.Error, StringComparison.Ordinal);
        using var scan = JsonDocument.Parse(json.Out);
        Assert.True(scan.RootElement.GetProperty("shallow").GetBoolean());
    }

    [Fact]
    public async Task A_bare_repository_is_read_alike()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("One");
        using var bare = shop.Clone("--bare");

        var run = await CliRun.InAsync("/", "blame", bare.Folder, "a.cs", "--format", "ndjson");

        Assert.Equal(0, run.Exit);
        Assert.Equal("a.cs", Text(run.Lines.Single(), "path"));
    }

    [Theory]
    [InlineData("scan", "--rev", "nowhere")]
    [InlineData("commits", "--rev", "nowhere..HEAD")]
    [InlineData("blame", "--rev", "--help-me")]
    [InlineData("blame", ".", "absent.cs")]
    [InlineData("scan", "--format", "xml")]
    [InlineData("scan", "/nonexistent/folder")]
    public async Task A_wrong_command_is_one_sentence_and_64(params string[] arguments)
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "1\n").Commit("One");

        var run = await CliRun.InAsync(shop.Folder, arguments);

        Assert.Equal((64, ""), (run.Exit, run.Out));
        Assert.StartsWith("airworthy: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scan")]
    [InlineData("commits")]
    [InlineData("blame")]
    public async Task Neither_an_empty_repository_nor_none_is_read(string verb)
    {
        using var empty = new RepositoryBuilder();
        var none = Directory.CreateTempSubdirectory("airworthy-none-");
        try
        {
            var inEmpty = await CliRun.InAsync(empty.Folder, verb);
            var inNone = await CliRun.InAsync(none.FullName, verb);

            Assert.Equal(64, inEmpty.Exit);
            Assert.Contains("no commits", inEmpty.Error, StringComparison.Ordinal);
            Assert.Equal(64, inNone.Exit);
            Assert.Contains("not a git repository", inNone.Error, StringComparison.Ordinal);
        }
        finally
        {
            none.Delete(recursive: true);
        }
    }

    private static string Note(string attestations) => attestations + """
        ---
        {
          "schema_version": "authorship/3.0.0",
          "base_commit_sha": "0123456789abcdef0123456789abcdef01234567",
          "prompts": {},
          "sessions": { "s_0123456789abcd": { "agent_id": { "tool": "claude", "id": "conv-3", "model": "claude-opus-4-8" } } },
          "humans": { "h_0123456789abcd": { "author": "Ada Lovelace <ada@example.org>" } }
        }
        """;

    private static string? Text(string json, string property)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(property).GetString();
    }

    private static string Runs(string json, string property)
    {
        using var document = JsonDocument.Parse(json);
        return string.Join(',', document.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty(property).GetString()));
    }

    private static (int Total, int Ai, int Human, int Unknown) Tally(JsonElement tally) =>
        (tally.GetProperty("total").GetInt32(), tally.GetProperty("ai").GetInt32(), tally.GetProperty("human").GetInt32(), tally.GetProperty("unknown").GetInt32());
}
