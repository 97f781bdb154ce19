using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Servers;

/// <summary>The server's verbs against a real server: what they say of what is there, and of what is not.</summary>
public class AnsweredVerbsTests
{
    [Theory]
    [InlineData("there is no incident ''; see 'airworthy incidents list'", "incidents", "show", "")]
    [InlineData("there is no incident 'nope'; see 'airworthy incidents list'", "incidents", "show", "nope")]
    [InlineData("there is no change 'nope'; see 'airworthy changes list'", "changes", "show", "nope")]
    [InlineData("there is no change ''; see 'airworthy changes list'", "changes", "show", "")]
    [InlineData("there is no change 'shop/nope'; see 'airworthy changes list'", "changes", "show", "shop/nope")]
    [InlineData("SERVICE is empty: name the service as it sends itself in service.name", "doctor", "")]
    public async Task What_the_server_does_not_know_is_one_sentence(string sentence, params string[] arguments)
    {
        await using var server = await RunningServer.StartAsync();

        var run = await server.AskAsync(arguments);

        Assert.Equal(64, run.Exit);
        Assert.Equal($"airworthy: {sentence}", run.Error.Trim());
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task Of_a_service_that_sent_nothing_the_doctor_tells_what_to_do_and_says_no()
    {
        await using var server = await RunningServer.StartAsync();

        var run = await server.AskAsync("doctor", "shop");

        Assert.Equal(1, run.Exit);
        Assert.StartsWith("shop\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("  ! ", run.Out, StringComparison.Ordinal);
        Assert.Contains("    → ", run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Lessons_of_a_repository_the_server_does_not_read_are_not_applied()
    {
        using var known = new RepositoryBuilder();
        known.Write("a.cs", "class A { }\n").Commit("Start");
        using var stranger = known.Clone();
        await using var nothing = await RunningServer.StartAsync();
        await using var server = await RunningServer.StartAsync(known.Folder);

        var none = await nothing.AskAsync("lessons", "apply", stranger.Folder);
        var other = await server.AskAsync("lessons", "apply", stranger.Folder, "--repository", "stranger");

        Assert.Equal((64, 64), (none.Exit, other.Exit));
        Assert.Contains("(it reads none yet); name it as the server does by --repository NAME", none.Error, StringComparison.Ordinal);
        Assert.Contains("the server knows no repository 'stranger' (it reads ", other.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(stranger.Folder, "AGENTS.md")));
    }

    [Fact]
    public async Task What_broke_is_told_in_words_and_its_change_is_found_by_its_id_alone()
    {
        using var shop = new RepositoryBuilder();
        shop.Write("airworthy.yml", "version: 1\nservices: [shop]\n").Commit("Say who runs this");
        var culprit = RefundShop.Break(shop, TimeSpan.FromHours(1));
        await using var server = await RunningServer.StartAsync(shop.Folder);
        var id = await server.FailAsync(culprit, RefundShop.Trace);

        var incident = await server.AskAsync("incidents", "show", id);
        var change = await server.AskAsync("changes", "show", culprit);
        var doctor = await server.AskAsync("doctor", "shop");
        var lessons = await server.AskAsync("lessons", "list");

        Assert.Equal((0, 0), (incident.Exit, change.Exit));
        Assert.Contains(" · 1 episode, ", incident.Out, StringComparison.Ordinal);
        Assert.Contains("  version ", incident.Out, StringComparison.Ordinal);
        Assert.StartsWith("Split as asked\n  suspect since ", change.Out, StringComparison.Ordinal);
        Assert.Contains("told by head revision", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("1 span (0 of them name their code, 1 does not tell how it was sampled), 0 log records, 1 exception", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("not seen again", lessons.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_change_stands_is_told_with_what_is_missing()
    {
        using var shop = Shop.Open();
        var change = Shop.Change(shop);
        var time = new LaterTime();
        await using var server = await RunningServer.StartAsync(time, shop.Folder);
        var now = TimeProvider.System.GetUtcNow();
        var metrics = new ProbeMetrics().Add(change, "one", Enumerable.Range(10, 20).Select(i => (now.AddMinutes(-i), 50, i == 12 ? 1 : 0)));
        await server.SendAsync("/v1/metrics", metrics.ToJson());
        time.Skip(TimeSpan.FromMinutes(1));

        var told = await server.AskUntilAsync(run => run.Out.Contains("production says", StringComparison.Ordinal), "changes", "show", change);

        Assert.Contains("  production says: undecided, with nothing to compare with\n", told.Out, StringComparison.Ordinal);
        Assert.Contains(" on 1 instance: 1,000 calls, 1 bad\n", told.Out, StringComparison.Ordinal);
        Assert.Contains("    missing: time: it ran for 0 days of 14, twice the policy's as there is nothing to compare with\n", told.Out, StringComparison.Ordinal);
        Assert.Contains($"  1 of 1 unit ran: 1,000 calls, 1 bad in 1 revision, {change[..12]}\n", told.Out, StringComparison.Ordinal);
        Assert.Contains("M:Shop.Coupons.Percent(System.String)", told.Out, StringComparison.Ordinal);
        Assert.Contains("    held to an odds ratio of 2, error 1%, 7 days, 2 instances by the policy ", told.Out.Replace("1 %", "1%", StringComparison.Ordinal), StringComparison.Ordinal);
        var listed = await server.AskAsync("changes", "list", "--service", "shop", "--by-exposure");
        Assert.Contains("1,000", listed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_is_stored_and_a_pipeline_that_waits_hears_of_it()
    {
        using var shop = Shop.Open();
        var change = Shop.Change(shop);
        await using var server = await RunningServer.StartAsync(shop.Folder);
        await server.AskUntilAsync(run => run.Exit == 0, "changes", "show", change);

        var early = await server.AskAsync("changes", "wait", change, "--timeout", "1s");
        var decided = await server.AskAsync("changes", "decide", change, "--state", "proven", "--by", "Ada", "--reason", "Tried by hand");
        var waited = await server.AskAsync("changes", "wait", change, "--timeout", "1h");
        var withdrawn = await server.AskAsync("changes", "decide", change, "--state", "withdrawn", "--by", "Ada", "--reason", "No longer");
        var gone = await server.AskAsync("changes", "wait", change, "--until", "proven");

        Assert.Equal((2, 0, 0, 0, 1), (early.Exit, decided.Exit, waited.Exit, withdrawn.Exit, gone.Exit));
        Assert.StartsWith("experimental since ", early.Out, StringComparison.Ordinal);
        Assert.Contains(": proven until ", decided.Out, StringComparison.Ordinal);
        Assert.StartsWith("proven since ", waited.Out, StringComparison.Ordinal);
        Assert.Contains("Ada decided so until ", (await server.AskAsync("changes", "show", change)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspect_change_is_acknowledged_by_name_and_what_is_noisy_is_silenced()
    {
        using var shop = Shop.Open();
        var change = Shop.Change(shop);
        await using var server = await RunningServer.StartAsync(shop.Folder);
        await server.AskUntilAsync(run => run.Exit == 0, "changes", "show", change);

        var early = await server.AskAsync("changes", "acknowledge", change, "--by", "Ada", "--reason", "I look at it");
        await server.AskAsync("changes", "decide", change, "--state", "suspect", "--by", "Ada", "--reason", "Customers call");
        var seen = await server.AskAsync("changes", "acknowledge", change, "--by", "Ada", "--reason", "I look at it");
        var silenced = await server.AskAsync("changes", "silence", "shop", "--by", "Ada", "--reason", "Maintenance");
        var wrong = await server.AskAsync("changes", "silence", "shop", "--by", "Ada", "--reason", "x", "--until", "May");

        Assert.Equal((64, 0, 0, 64), (early.Exit, seen.Exit, silenced.Exit, wrong.Exit));
        Assert.Contains("there is no suspect change ", early.Error, StringComparison.Ordinal);
        Assert.EndsWith(" acknowledged by Ada\n", seen.Out, StringComparison.Ordinal);
        Assert.StartsWith("shop silenced until ", silenced.Out, StringComparison.Ordinal);
        Assert.Contains("--until 'May' is no time; give it as 2026-12-01 or 2026-12-01T06:00", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("  acknowledged by Ada at ", (await server.AskAsync("changes", "show", change)).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--timeout 'soon' is no time to wait: give it as 90s, 15m, 2h or 7d, at most 60d", "wait", "x", "--timeout", "soon")]
    [InlineData("--timeout '9999999d' is no time to wait: give it as 90s, 15m, 2h or 7d, at most 60d", "wait", "x", "--timeout", "9999999d")]
    [InlineData("--until 'May' is not a day; give it as 2026-01-31", "decide", "x", "--state", "proven", "--by", "a", "--reason", "b", "--until", "May")]
    [InlineData("there is no change 'x'; see 'airworthy changes list'", "wait", "x")]
    public async Task What_can_not_be_waited_for_or_decided_is_one_sentence(string sentence, params string[] arguments)
    {
        await using var server = await RunningServer.StartAsync();
        var run = await server.AskAsync(["changes", .. arguments]);
        Assert.Equal((64, $"airworthy: {sentence}"), (run.Exit, run.Error.Trim()));
    }
}
