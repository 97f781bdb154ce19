using System.Text.Json;
using Airworthy.Cli.Tests.Servers;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary><c>debt</c> and the gate's budgets: alone, with a server, with reviews.</summary>
public sealed class DebtCommandTests : IDisposable
{
    private const string Policy = "version: 1\nservices: [shop]\nauthorship: { unattributed: human }\nbudgets: [{ name: shop, paths: [src/], statements: 0 }]\n";

    private readonly RepositoryBuilder _shop = Shop.Open();
    private readonly string _change;

    public DebtCommandTests()
    {
        _shop.Write("airworthy.yml", Policy).Commit("Say what may be unproven (#6)");
        _shop.Tag("v1");
        Shop.Change(_shop);
        _shop.Git("commit", "--amend", "--quiet", "-m", $"Read percentages (#7)\n\n{Marks.Claude}\n");
        _change = _shop.Head;
    }

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Alone_all_that_an_agent_wrote_is_debt_a_budget_that_is_exceeded_is_1_and_what_is_not_known_is_said()
    {
        var run = await CliRun.InAsync(_shop.Folder, "debt");

        Assert.Equal((1, ""), (run.Exit, run.Error));
        Assert.StartsWith("1 of 1 AI-written statement is not proven in production, weighing 1\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("budgets of airworthy.yml", run.Out, StringComparison.Ordinal);
        Assert.Contains("no server was asked (--server URL): nothing counts as proven", run.Out, StringComparison.Ordinal);
        Assert.Contains("which may not be what runs in production", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_read_it_with_the_trend_over_releases()
    {
        using var debt = JsonDocument.Parse((await CliRun.InAsync(_shop.Folder, "debt", "--format", "json")).Out);

        var root = debt.RootElement;
        Assert.Equal((1, 1, false), (root.GetProperty("statements").GetInt32(), root.GetProperty("unproven").GetInt32(), root.GetProperty("running").GetBoolean()));
        Assert.Equal(("shop", true), (root.GetProperty("budgets")[0].GetProperty("name").GetString(), root.GetProperty("budgets")[0].GetProperty("over").GetBoolean()));
        var releases = root.GetProperty("releases").EnumerateArray().Select(release => (release.GetProperty("name").GetString(), release.GetProperty("ai").GetInt32())).ToArray();
        Assert.Equal(["v1", "now"], releases.Select(release => release.Item1));
        Assert.True(releases[0].Item2 == 0 && releases[1].Item2 > 0, $"{releases[0]}, {releases[1]}");
    }

    [Fact]
    public async Task A_page_shows_it_and_nothing_of_the_repository_acts_in_it()
    {
        _shop.Write("<img src=x onerror=alert(1)>/a.cs", "class A { int B() { return 1; } }\n").Commit($"Odd\n\n{Marks.Claude}\n");

        var run = await CliRun.InAsync(_shop.Folder, "debt", "--format", "html");

        Assert.Contains("<title>Agent debt: ", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_tells_what_runs_how_often_it_is_called_and_what_is_proven_and_the_gate_asks_it_for_budgets()
    {
        await using var server = await RunningServer.StartAsync(_shop.Folder);
        var now = TimeProvider.System.GetUtcNow();
        await server.SendAsync("/v1/metrics", new ProbeMetrics().Add(_change, "one", Enumerable.Range(3, 10).Select(i => (now.AddMinutes(-i), 100, 0))).ToJson());
        await server.AskUntilAsync(run => run.Exit == 0, "changes", "show", _change);
        var name = Path.GetFileName(_shop.Folder);

        var called = await server.AskUntilAsync(run => run.Out.Contains("which runs in production", StringComparison.Ordinal), "debt", _shop.Folder);
        var refused = await server.AskAsync("gate", _shop.Folder, "--base", "v1");
        var proposed = await server.AskAsync("init", _shop.Folder, "--force");
        _shop.Git("checkout", "--quiet", "--", "airworthy.yml");
        await server.AskAsync("changes", "decide", $"{name}/{_change}", "--state", "proven", "--by", "Ada", "--reason", "Tried by hand");
        var proven = await server.AskAsync("debt", _shop.Folder);
        var allowed = await server.AskAsync("gate", _shop.Folder, "--base", "v1");

        Assert.Equal((1, ""), (called.Exit, called.Error));
        Assert.StartsWith("1 of 1 AI-written statement is not proven in production, weighing 4\n", called.Out, StringComparison.Ordinal);
        Assert.Contains("1 unproven AI-written statement is in functions that were seen to run", called.Out, StringComparison.Ordinal);
        Assert.Equal(1, refused.Exit);
        Assert.StartsWith("FAIL  1 budget of agent debt exceeded", refused.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("no server was asked", refused.Out, StringComparison.Ordinal);
        Assert.Contains("proposed as critical: called-most (/src/Shop/Coupons.cs), production calls these most: 1000 times", proposed.Out, StringComparison.Ordinal);
        Assert.Equal((0, ""), (proven.Exit, proven.Error));
        Assert.StartsWith("0 of 1 AI-written statement", proven.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("budget of agent debt", allowed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_review_said_of_the_changes_stands_beside_what_became_of_them()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_shop.Folder, ".git", "reviews.json"),
            """[{"number":7,"author":{"login":"ada"},"createdAt":"2026-03-02T09:00:00Z","reviews":[{"author":{"login":"bob"},"state":"APPROVED","submittedAt":"2026-03-02T09:30:00Z"}]}]""",
            TestContext.Current.CancellationToken);

        var run = await CliRun.InAsync(_shop.Folder, "debt", "--reviews", ".git/reviews.json");

        Assert.Equal((1, ""), (run.Exit, run.Error));
        var row = run.Lines.SkipWhile(line => !line.Contains("review said, and production", StringComparison.Ordinal)).Skip(1).First();
        Assert.StartsWith("  ai ", row, StringComparison.Ordinal);
        Assert.Contains("30 min", row, StringComparison.Ordinal);
        Assert.Contains("0 of 1", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_forge_is_asked_for_the_reviews_of_merged_requests()
    {
        await using var forge = new ForgeStub(asked => ForgeStub.Json(
            asked.Contains("/pulls?", StringComparison.Ordinal) ? """[{"number":7,"merged_at":"2026-03-02T10:00:00Z"},{"number":8,"merged_at":null}]"""
            : asked.Contains("/reviews", StringComparison.Ordinal) ? """[{"user":{"login":"bob"},"state":"APPROVED","submitted_at":"2026-03-02T09:30:00Z"}]"""
            : asked.Contains("/comments", StringComparison.Ordinal) ? """[{"user":{"login":"bob"},"path":"src/Shop/Coupons.cs","line":10}]"""
            : """{"number":7,"user":{"login":"ada"},"created_at":"2026-03-02T09:00:00Z"}"""));
        _shop.Git("remote", "add", "origin", $"{forge.Address}o/r.git");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["AIRWORTHY_GITHUB_TOKEN"] = "t0ken", ["AIRWORTHY_GITHUB_URL"] = forge.Address.ToString(), ["AIRWORTHY_CACHE"] = "off" };

        var run = await CliProcess.RunAsync(_shop.Folder, environment, "debt", "--reviews", "github", "--format", "json");

        Assert.Equal((1, ""), (run.Exit, run.Error));
        using var debt = JsonDocument.Parse(run.Out);
        var ai = debt.RootElement.GetProperty("reviews")[0];
        Assert.Equal((1, 30, 1), (ai.GetProperty("requests").GetInt32(), ai.GetProperty("minutesToApproval").GetDouble(), ai.GetProperty("comments").GetDouble()));
        Assert.DoesNotContain(forge.Asked, asked => asked.Contains("/pulls/8", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--token-file does nothing without --server", "debt", "--token-file", "t")]
    [InlineData("--token-file does nothing without --server", "init", "--token-file", "t")]
    [InlineData("--token-file does nothing without --server", "gate", "--token-file", "t")]
    [InlineData("--sarif-baseline does nothing without --sarif;", "gate", "--sarif-baseline", "old.sarif")]
    [InlineData("--tested-at does nothing without --coverage or --mutation or --tests or --sarif or --evidence", "gate", "--tested-at", "HEAD")]
    [InlineData("--comment 'bitbucket' is no place to comment", "gate", "--comment", "bitbucket")]
    [InlineData("--recordings does nothing with --run; leave it out", "trial", "--base", "HEAD", "--recordings", "r", "--run", "./a", "--scenarios", "s")]
    [InlineData("--kinds does nothing with --run; leave it out", "trial", "--base", "HEAD", "--kinds", "scaling", "--run", "./a", "--scenarios", "s")]
    public async Task An_option_that_would_do_nothing_is_refused_in_one_sentence(string told, params string[] arguments)
    {
        var run = await CliRun.InAsync(_shop.Folder, arguments);

        Assert.Equal((64, ""), (run.Exit, run.Out));
        Assert.StartsWith($"airworthy: {told}", run.Error, StringComparison.Ordinal);
    }
}
