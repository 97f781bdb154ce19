using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary><c>rework</c> on real repositories.</summary>
public class ReworkCommandTests
{
    [Fact]
    public async Task What_was_reworked_and_by_whom_is_told_in_the_promised_shape()
    {
        using var shop = Shop();

        var run = await CliRun.InAsync(shop.Folder, "rework", "--days", "30,7", "--format", "json");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        Assert.Equal(
            ["repository", "revision", "since", "until", "all", "authors", "agents", "models", "sessions", "prompts", "folders", "overwrites", "coverage"],
            root.EnumerateObject().Select(property => property.Name));
        var ai = Group(root, "authors", "ai");
        Assert.Equal(
            ["name", "commits", "lines", "living", "replaced", "deleted", "moved", "rework", "survival", "medianDays"],
            ai.EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"days":7,"lines":10,"reworked":3,"share":0.3,"interval":null}""", Compact(ai.GetProperty("rework")[0]));
        Assert.Equal("""{"days":30,"lines":10,"reworked":5,"share":0.5,"interval":null}""", Compact(ai.GetProperty("rework")[1]));
        Assert.Equal((10, 5, 3, 2), (Count(ai, "lines"), Count(ai, "living"), Count(ai, "replaced"), Count(ai, "deleted")));
        Assert.Equal("""{"days":30,"atRisk":5,"survival":0.5,"interval":null,"intervalIfIndependent":{"lower":0.1836,"upper":0.7532}}""", Compact(ai.GetProperty("survival")[0]));
        Assert.Equal(10, Count(Group(root, "agents", "claude-code"), "lines"));
        Assert.Equal(10, Count(Group(root, "models", "claude-code opus-4.6"), "lines"));
        Assert.Equal(14, Count(Group(root, "folders", "src/"), "lines"));
        Assert.Contains("""{"writer":"ai","by":"unknown","replaced":3,"deleted":2}""", root.GetProperty("overwrites").EnumerateArray().Select(Compact));
        Assert.Equal(
            """{"linesKnown":0.6667,"promptsKept":0,"knownByLine":0,"knownByCommit":10,"neverLanded":0,"earlier":0,"landings":5,"datesNotBelieved":0,"linesHinted":0,"knownFrom":[{"kind":"co-author","lines":10}],"trend":[{"month":"2026-03","lines":14,"marked":10},{"month":"2026-05","lines":1,"marked":0}]}""",
            Compact(root.GetProperty("coverage")));
    }

    [Fact]
    public async Task What_the_policy_declares_and_pull_requests_tell_counts_here_as_in_scan()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("airworthy.yml", "version: 1\nauthorship:\n  unattributed: human\n").Write("a.cs", "1\n2\n").Commit("Start");
        shop.Write("b.cs", "3\n4\n5\n").Commit("Squashed (#7)");
        shop.Write("requests.json", """[{"number":7,"user":{"login":"copilot-swe-agent[bot]","type":"Bot"},"head":{"ref":"copilot/fix"},"merge_commit_sha":null,"merged_at":"2026-03-03T00:00:00Z","labels":[]}]""");

        var alone = await CliRun.InAsync(shop.Folder, "rework", "--format", "json");
        var told = await CliRun.InAsync(shop.Folder, "rework", "--pull-requests", "requests.json", "--format", "json");

        Assert.Equal(["human 8"], Written(alone));
        Assert.Equal(["ai 3", "human 5"], Written(told));
        using var scan = JsonDocument.Parse((await CliRun.InAsync(shop.Folder, "scan", "--pull-requests", "requests.json", "--format", "json")).Out);
        Assert.Equal((3, 5), (Count(scan.RootElement.GetProperty("lines"), "ai"), Count(scan.RootElement.GetProperty("lines"), "human")));

        static IEnumerable<string> Written(CliRun run)
        {
            Assert.Equal((0, ""), (run.Exit, run.Error));
            using var json = JsonDocument.Parse(run.Out);
            return [.. json.RootElement.GetProperty("authors").EnumerateArray().Where(author => Count(author, "lines") > 0).Select(author => $"{author.GetProperty("name").GetString()} {Count(author, "lines")}")];
        }
    }

    [Fact]
    public async Task People_read_a_row_for_each_group_and_nothing_of_nothing_is_no_evidence()
    {
        using var shop = Shop();

        var run = await CliRun.InAsync(shop.Folder, "rework", "--days", "7,30");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.StartsWith("repo · 15 lines landed with 4 commits until 2026-05-02", run.Lines.First(), StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => Words(line) is ["ai", "10", "1", "30.0", "%", "of", "10", "50.0", "%", "of", "10", ..]);
        Assert.Contains(run.Lines, line => Words(line) is ["human", "0", "0", "no", "evidence"]);
        Assert.Contains(run.Lines, line => Words(line) is ["ai", "0", "0", "3", "2", "5"]);
        Assert.Contains("who wrote it is known of 66.7 % of lines", run.Out, StringComparison.Ordinal);
        Assert.Contains("known from co-author 10", run.Out, StringComparison.Ordinal);
        Assert.Contains("landed lines by an agent: 2026-03 71 %", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Out.Split('\n'), line => line.EndsWith(' '));
    }

    [Fact]
    public async Task Lines_that_landed_before_the_day_given_are_left_out()
    {
        using var shop = Shop();

        var run = await CliRun.InAsync(shop.Folder, "rework", "--since", "2026-03-04", "--format", "json");

        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("2026-03-04", json.RootElement.GetProperty("since").GetString());
        Assert.Equal(11, Count(json.RootElement.GetProperty("coverage"), "earlier"));
        Assert.Equal(4, Count(json.RootElement.GetProperty("all"), "lines"));
    }

    [Fact]
    public async Task A_note_tells_line_by_line_whose_work_was_taken_away()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "first line of the file\nsecond line of the file\nthird line of the file\nfourth line of the file\n").Commit("Add");
        shop.Note("a.cs\n  s_0123456789abcd::t_1 2-3\n---\n" + """{"schema_version":"authorship/3.0.0","sessions":{"s_0123456789abcd":{"agent_id":{"tool":"claude","id":"x","model":"claude-opus-4-6"}}}}""");
        shop.Wait(TimeSpan.FromDays(3)).Write("a.cs", "first line of the file\nthird line of the file\nfourth line of the file\n").Commit("Take the second");
        shop.Wait(TimeSpan.FromDays(40)).Write("b.cs", "b\n").Commit("Later");

        var run = await CliRun.InAsync(shop.Folder, "rework", "--format", "json");

        using var json = JsonDocument.Parse(run.Out);
        var ai = Group(json.RootElement, "authors", "ai");
        Assert.Equal((2, 1, 1), (Count(ai, "lines"), Count(ai, "living"), Count(ai, "deleted")));
        Assert.Equal(2, Count(json.RootElement.GetProperty("coverage"), "knownByLine"));
        Assert.Equal(3, Count(Group(json.RootElement, "authors", "unknown"), "lines"));
    }

    [Fact]
    public async Task A_block_that_moves_to_another_file_is_no_rework()
    {
        const string Block = "public static int TheAnswer() => 42;\npublic static int TheQuestion() => throw new NotSupportedException();\n";
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "one\n" + Block + "two\n").Commit("Add");
        shop.Wait(TimeSpan.FromDays(1)).Write("a.cs", "one\ntwo\n").Write("b.cs", Block).Commit("Split the file");
        shop.Wait(TimeSpan.FromDays(100)).Write("c.cs", "c\n").Commit("Later");

        var run = await CliRun.InAsync(shop.Folder, "rework", "--days", "14", "--format", "json");

        using var json = JsonDocument.Parse(run.Out);
        var all = json.RootElement.GetProperty("all");
        Assert.Equal((5, 5, 2), (Count(all, "lines"), Count(all, "living"), Count(all, "moved")));
        Assert.Equal("""{"days":14,"lines":4,"reworked":0,"share":0,"interval":null}""", Compact(all.GetProperty("rework")[0]));
    }

    [Fact]
    public async Task Time_runs_from_the_merge_and_what_a_branch_takes_back_never_landed()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "a\n").Commit("Start");
        shop.Branch("topic").Write("b.cs", "a line of the topic\nanother one\n").Commit("Topic");
        shop.Wait(TimeSpan.FromDays(20)).Write("b.cs", "a line of the topic\n").Commit("Take one back");
        shop.Checkout("main");
        shop.Merge("Merge topic", "topic");
        shop.Wait(TimeSpan.FromDays(5)).Delete("b.cs").Commit("Drop it");
        shop.Wait(TimeSpan.FromDays(30)).Write("c.cs", "c\n").Commit("Later");

        var run = await CliRun.InAsync(shop.Folder, "rework", "--days", "6", "--format", "json");

        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(1, Count(json.RootElement.GetProperty("coverage"), "neverLanded"));
        Assert.Equal("""{"days":6,"lines":2,"reworked":1,"share":0.5,"interval":null}""", Compact(json.RootElement.GetProperty("all").GetProperty("rework")[0]));
    }

    [Fact]
    public async Task A_squash_and_a_merge_of_the_same_branch_give_the_same_shares()
    {
        using var merged = Branched();
        merged.Merge("Land the topic", "topic");
        using var squashed = Branched();
        squashed.Git("merge", "-q", "--squash", "topic");
        squashed.Commit("Land the topic");
        var figures = new List<string>();
        foreach (var shop in new[] { merged, squashed })
        {
            shop.Wait(TimeSpan.FromDays(9)).Write("b.cs", "the topic's third line\n").Commit("Take the second");
            shop.Wait(TimeSpan.FromDays(40)).Write("c.cs", "c\n").Commit("Later");
            var run = await CliRun.InAsync(shop.Folder, "rework", "--format", "json");
            using var json = JsonDocument.Parse(run.Out);
            var all = json.RootElement.GetProperty("all");
            var shares = all.GetProperty("rework").EnumerateArray().Select(period => Compact(period.GetProperty("share")));
            figures.Add($"{Count(all, "lines")} {string.Join(' ', shares)} {Compact(all.GetProperty("medianDays").GetProperty("days"))}");
        }

        Assert.StartsWith("4 0.3333 0.3333 ", figures[0], StringComparison.Ordinal);
        Assert.Equal(figures[0], figures[1]);

        static RepositoryBuilder Branched()
        {
            var shop = new RepositoryBuilder();
            shop.Write("a.cs", "a\n").Commit("Start");
            shop.Branch("topic").Write("b.cs", "the topic's first line\nthe topic's second line\n").Commit("Topic");
            shop.Wait(TimeSpan.FromDays(12)).Write("b.cs", "the topic's second line\nthe topic's third line\n").Commit("Change the topic");
            return shop.Checkout("main");
        }
    }

    [Fact]
    public async Task Long_names_are_cut_and_controls_escaped()
    {
        using var shop = new RepositoryBuilder();
        shop.Write(new string('x', 90) + "/a.cs", "a\n").Write("b\u001b[2J/a.cs", "a\n").Commit("Start");

        var run = await CliRun.InAsync(shop.Folder, "rework");

        Assert.Equal(0, run.Exit);
        Assert.DoesNotContain(run.Out, c => char.IsControl(c) && c != '\n');
        Assert.Contains($"{new string('x', 39)}… ", run.Out, StringComparison.Ordinal);
        Assert.Contains("b\\033[2J/", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_ran_ahead_for_one_commit_changes_nothing_but_is_told()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("a.cs", "a\n").Commit("Start");
        shop.Wait(TimeSpan.FromDays(25_000)).Write("b.cs", "b\n").Commit("From the next century");
        shop.Wait(TimeSpan.FromDays(-24_990)).Write("b.cs", "").Commit("Ten days later");
        shop.Wait(TimeSpan.FromDays(20)).Write("c.cs", "c\n").Commit("Thirty days later");

        var json = await CliRun.InAsync(shop.Folder, "rework", "--days", "14", "--format", "json");
        var text = await CliRun.InAsync(shop.Folder, "rework", "--days", "14");

        using var document = JsonDocument.Parse(json.Out);
        Assert.Equal(1, Count(document.RootElement.GetProperty("coverage"), "datesNotBelieved"));
        Assert.Equal("""{"days":14,"lines":2,"reworked":1,"share":0.5,"interval":null}""", Compact(document.RootElement.GetProperty("all").GetProperty("rework")[0]));
        Assert.Contains("! the dates of 1 of 4 landings", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shallow_clone_is_refused_with_the_command_that_deepens_it()
    {
        using var shop = Shop();
        using var clone = shop.Clone("--depth", "2");

        var run = await CliRun.InAsync(clone.Folder, "rework");

        Assert.Equal((69, ""), (run.Exit, run.Out));
        Assert.Contains("git fetch --unshallow", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--days", "0")]
    [InlineData("--days", "7,soon")]
    [InlineData("--days", "")]
    [InlineData("--days", "99999999999")]
    [InlineData("--days", "1,2,3,4,5,6,7,8,9")]
    [InlineData("--since", "yesterday")]
    [InlineData("--since", "2026-02-30")]
    public async Task What_is_asked_wrongly_is_told_in_one_sentence(string option, string value)
    {
        using var shop = Shop();

        var run = await CliRun.InAsync(shop.Folder, "rework", option, value);

        Assert.Equal((64, ""), (run.Exit, run.Out));
        Assert.Contains(option, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_after_all_landings_leaves_no_evidence()
    {
        using var shop = Shop();

        var run = await CliRun.InAsync(shop.Folder, "rework", "--since", "2200-01-01");

        Assert.Equal(0, run.Exit);
        Assert.Equal(6, run.Lines.Count(line => line.EndsWith("no evidence", StringComparison.Ordinal)));
    }

    /// <summary>
    /// One line on day 0, ten of an agent on day 1, of which three are replaced on day 4 and two deleted on day 21; the last commit is of day 61.
    /// </summary>
    private static RepositoryBuilder Shop()
    {
        var shop = new RepositoryBuilder();
        var lines = Enumerable.Range(1, 10).Select(line => $"line {line} of the shop").ToList();
        shop.Write("readme", "start\n").Commit("Start");
        shop.Wait(TimeSpan.FromDays(1)).Write("src/a.cs", Text(lines)).Commit($"Add ten\n\n{Marks.Claude}\n");
        shop.Wait(TimeSpan.FromDays(3)).Write("src/a.cs", Text([.. lines[..2], "new 3", "other 4", "third 5", .. lines[5..]])).Commit("Replace three");
        shop.Wait(TimeSpan.FromDays(17)).Write("src/a.cs", Text([.. lines[..2], "new 3", "other 4", "third 5", .. lines[5..8]])).Commit("Delete two");
        shop.Wait(TimeSpan.FromDays(40)).Write("src/b.cs", "b\n").Commit("Later");
        return shop;

        static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"{line}\n"));
    }

    private static JsonElement Group(JsonElement root, string list, string name) =>
        Assert.Single(root.GetProperty(list).EnumerateArray(), group => group.GetProperty("name").GetString() == name);

    private static long Count(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
