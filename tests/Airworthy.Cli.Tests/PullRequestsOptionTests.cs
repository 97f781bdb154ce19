using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary><c>--pull-requests</c>, what a policy declares, and the summary, through the command.</summary>
public sealed class PullRequestsOptionTests : IDisposable
{
    private readonly RepositoryBuilder _shop = new();

    public PullRequestsOptionTests()
    {
        _shop.Write("a.cs", "1\n").Commit("Start");
        _shop.Write("a.cs", "1\n2\n").Commit("Fix the parser (#7)");
    }

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("scan", "--format", "json", "\"ai\": 1")]
    [InlineData("commits", "--format", "ndjson", "\"kind\":\"pull-request-author\"")]
    [InlineData("blame", "--format", "ndjson", "\"agent\":\"copilot-coding-agent\"")]
    public async Task A_file_of_the_forge_tells_what_the_squash_lost(string verb, string option, string format, string told)
    {
        var file = Path.Combine(_shop.Folder, ".git", "pulls.json");
        await File.WriteAllTextAsync(file, """[{"number":7,"user":{"login":"Copilot","type":"Bot"},"head":{"ref":"copilot/fix"}}]""", TestContext.Current.CancellationToken);

        var without = await CliRun.InAsync(_shop.Folder, verb, option, format);
        var with = await CliRun.InAsync(_shop.Folder, verb, option, format, "--pull-requests", ".git/pulls.json");

        Assert.Equal((0, 0, ""), (without.Exit, with.Exit, with.Error));
        Assert.DoesNotContain(told, without.Out, StringComparison.Ordinal);
        Assert.Contains(told, with.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show", "HEAD", "--format", "json")]
    [InlineData("rework", "--format", "json")]
    [InlineData("attribute", "--stack", ".git/crash.txt", "--rev", "HEAD", "--format", "json")]
    public async Task Every_verb_that_names_authors_takes_the_file(params string[] verb)
    {
        await WriteAsync("pulls.json", """[{"number":7,"user":{"login":"Copilot","type":"Bot"},"head":{"ref":"copilot/fix"}}]""");
        await WriteAsync("crash.txt", "System.Exception: x\n   at A.B() in a.cs:line 2\n");

        var without = await CliRun.InAsync(_shop.Folder, verb);
        var with = await CliRun.InAsync(_shop.Folder, [.. verb, "--pull-requests", ".git/pulls.json"]);

        Assert.Equal("", with.Error);
        Assert.DoesNotContain("copilot-coding-agent", without.Out, StringComparison.Ordinal);
        Assert.Contains("copilot-coding-agent", with.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"human\": 4", "scan", "--format", "json")]
    [InlineData("human\"", "commits", "--format", "ndjson")]
    [InlineData("human\"", "blame", "--format", "ndjson")]
    [InlineData("\"authorship\": \"human\"", "show", "HEAD~1", "--format", "json")]
    [InlineData("\"name\": \"human\",\n      \"commits\": 4", "rework", "--format", "json")]
    [InlineData("human\"", "attribute", "--stack", ".git/crash.txt", "--rev", "HEAD", "--format", "json")]
    public async Task Every_verb_asks_the_policy_who_wrote_what_no_one_marked(string told, params string[] verb)
    {
        await WriteAsync("crash.txt", "System.Exception: x\n   at A.B() in a.cs:line 2\n");
        _shop.Write("airworthy.yml", "version: 1\n").Commit("Declare nothing");
        var without = await CliRun.InAsync(_shop.Folder, verb);
        _shop.Write("airworthy.yml", "version: 1\nauthorship: {unattributed: human}\n").Commit("Declare");

        var with = await CliRun.InAsync(_shop.Folder, verb);

        Assert.Equal("", with.Error);
        Assert.DoesNotContain(told, without.Out, StringComparison.Ordinal);
        Assert.Contains(told, with.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_forge_of_the_remote_is_asked_with_the_users_token()
    {
        await using var forge = new ForgeStub(_ => ForgeStub.Json("""[{"number":7,"user":{"login":"Copilot"},"head":{"ref":"copilot/fix"}}]"""));
        _shop.Git("remote", "add", "origin", $"{forge.Address}o/r.git");

        var noToken = await CliRun.InAsync(_shop.Folder, "commits", "--pull-requests", "github");
        Environment.SetEnvironmentVariable("AIRWORTHY_GITHUB_TOKEN", "t0ken");
        var elsewhere = await CliRun.InAsync(_shop.Folder, "commits", "--pull-requests", "github");
        Environment.SetEnvironmentVariable("AIRWORTHY_GITHUB_URL", forge.Address.ToString());
        var run = await CliRun.InAsync(_shop.Folder, "commits", "--pull-requests", "github", "--format", "ndjson");

        Assert.Equal(64, noToken.Exit);
        Assert.Contains("set AIRWORTHY_GITHUB_TOKEN", noToken.Error, StringComparison.Ordinal);
        Assert.Equal(64, elsewhere.Exit);
        Assert.Contains("set AIRWORTHY_GITHUB_URL", elsewhere.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("\"kind\":\"pull-request-author\"", run.Out, StringComparison.Ordinal);
        Assert.Single(forge.Asked);
    }

    [Fact]
    public async Task A_scan_tells_how_many_requests_it_read()
    {
        var before = await CliRun.InAsync(_shop.Folder, "scan");
        _shop.Git("update-ref", "refs/pull/7/head", "HEAD");
        var after = await CliRun.InAsync(_shop.Folder, "scan");
        using var scan = JsonDocument.Parse((await CliRun.InAsync(_shop.Folder, "scan", "--format", "json")).Out);

        Assert.Contains("git fetch origin '+refs/pull/*/head:refs/pull/*/head'", before.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("git fetch origin '+refs/pull", after.Out, StringComparison.Ordinal);
        Assert.Equal("""{"heads":1,"told":0}""", JsonSerializer.Serialize(scan.RootElement.GetProperty("pullRequests")));
    }

    [Theory]
    [InlineData(".git/absent.json", 64, "can't be read")]
    [InlineData(".git", 64, "can't be read")]
    [InlineData("a.cs", 65, "'a.cs' is not a JSON array of pull requests")]
    [InlineData("gitlab", 64, "set AIRWORTHY_GITLAB_TOKEN")]
    public async Task A_source_that_is_none_is_one_sentence(string source, int exit, string told)
    {
        var run = await CliRun.InAsync(_shop.Folder, "commits", "--pull-requests", source);

        Assert.Equal((exit, ""), (run.Exit, run.Out));
        Assert.StartsWith("airworthy: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_policy_declares_is_a_source_of_its_own()
    {
        _shop.Write("airworthy.yml", "version: 1\nauthorship: {unattributed: human}\n").Commit("Declare");

        var json = await CliRun.InAsync(_shop.Folder, "scan", "--format", "json");
        var text = await CliRun.InAsync(_shop.Folder, "scan");

        using var scan = JsonDocument.Parse(json.Out);
        Assert.Equal(3, scan.RootElement.GetProperty("commits").GetProperty("human").GetInt32());
        Assert.Equal("policy", scan.RootElement.GetProperty("knownFrom")[0].GetProperty("kind").GetString());
        Assert.Contains("declared in airworthy.yml", text.Out, StringComparison.Ordinal);
        Assert.Contains("no mark of an agent", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_for_people_ends_with_coverage_sources_and_trend()
    {
        _shop.Write("a.cs", "1\n2\n3\n").Commit("Three\n\nCo-authored-by: Claude <noreply@anthropic.com>\n");
        _shop.Commit("Ask Claude to go on");

        var commits = await CliRun.InAsync(_shop.Folder, "commits");
        var blame = await CliRun.InAsync(_shop.Folder, "blame");

        Assert.EndsWith(
            "\n\n4 commits: 1 ai, 0 human, 3 unknown (1 of them with a hint too weak to count); something is known of 25.0 %\n"
            + "known from co-author 1\nby an agent, by month: 2026-03 25 %\n",
            commits.Out,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "\n\n3 lines: 1 ai, 0 human, 2 unknown; something is known of 33.3 %\nknown from co-author 1\nby an agent, by month: 2026-03 33 %\n",
            blame.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trend_is_in_the_json_month_by_month()
    {
        _shop.Wait(TimeSpan.FromDays(40)).Write("a.cs", "1\n2\n3\n").Commit("Three\n\nCo-authored-by: Claude <noreply@anthropic.com>\n");

        using var scan = JsonDocument.Parse((await CliRun.InAsync(_shop.Folder, "scan", "--format", "json")).Out);

        Assert.Equal(
            """[{"month":"2026-03","commits":2,"marked":0},{"month":"2026-04","commits":1,"marked":1}]""",
            JsonSerializer.Serialize(scan.RootElement.GetProperty("coverage").GetProperty("trend")));
    }

    [Fact]
    public async Task A_revert_and_a_pick_name_their_origin()
    {
        var origin = _shop.Head;
        _shop.Write("b.cs", "1\n").Commit($"Revert \"Fix the parser\"\n\nThis reverts commit {origin}.\n\n(cherry picked from commit {origin})\n");

        var run = await CliRun.InAsync(_shop.Folder, "commits", "--format", "ndjson");

        using var commit = JsonDocument.Parse(run.Lines.First());
        Assert.Equal(
            $$"""[{"kind":"revert","sha":"{{origin}}"},{"kind":"cherry-pick","sha":"{{origin}}"}]""",
            commit.RootElement.GetProperty("origins").GetRawText());
    }

    private Task WriteAsync(string name, string content) =>
        File.WriteAllTextAsync(Path.Combine(_shop.Folder, ".git", name), content, TestContext.Current.CancellationToken);
}
