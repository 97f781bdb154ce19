using System.Collections.Frozen;
using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Journeys.Debts;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Journeys;

/// <summary>Agent debt of a real repository, without a server and with what one tells.</summary>
public sealed class DebtJourneyTests : IDisposable
{
    private const string Claude = "Mend it\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n";
    private const string Policy = "version: 1\nauthorship: { unattributed: human }\ncritical: [{ name: pay, paths: [src/Pay.cs], criticality: high }]\nbudgets: [{ name: pay, paths: [src/], statements: 2 }]\n";

    private readonly RepositoryBuilder _shop = new();

    public DebtJourneyTests()
    {
        _shop.Write("airworthy.yml", Policy).Write("src/Pay.cs", Code("return of;")).Commit("By hand");
        _shop.Tag("v1");
        _shop.Write("src/Pay.cs", Code("var twice = of * 2;\n        if (twice > 9)\n        {\n            return 9;\n        }\n\n        return twice;")).Write("tests/PayTests.cs", Code("return 1;")).Commit(Claude);
    }

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Without_a_server_every_AI_written_statement_outside_of_tests_is_debt()
    {
        var report = await RunAsync(production: null);

        Assert.Equal((4, 4), (report.Figures.All.Statements, report.Figures.All.Unproven));
        Assert.Equal(4 * 3, report.Figures.All.Weighted);
        Assert.False(report.IsRunning);
        Assert.True(Assert.Single(report.Budgets).IsOver);
        Assert.Equal(["v1", "now"], report.Releases.Select(release => release.Name));
        Assert.Equal(0, report.Releases[0].Ai);
    }

    [Fact]
    public async Task What_production_proved_is_none_and_what_it_calls_weighs_more()
    {
        var change = await ChangeAsync();
        var proven = await RunAsync(Production(change, ChangeState.Proven));
        var called = await RunAsync(Production(change, ChangeState.Experimental));

        Assert.Equal((4, 0), (proven.Figures.All.Statements, proven.Figures.All.Unproven));
        Assert.False(Assert.Single(proven.Budgets).IsOver);
        Assert.Equal((4, 4 * 3 * 3.0), (called.Figures.Exposed, Math.Round(called.Figures.All.Weighted, 6)));
        Assert.True(called.IsRunning);
    }

    [Fact]
    public async Task A_change_that_was_reverted_or_is_suspect_failed_and_the_range_says_how_little_that_tells()
    {
        var suspect = (await RunAsync(Production(await ChangeAsync(), ChangeState.Suspect))).Rates.Authors[0];
        _shop.Write("src/Pay.cs", Code("return of;")).Delete("tests/PayTests.cs").Commit($"Revert \"Mend it\"\n\nThis reverts commit {_shop.Head}.\n");
        var reverted = (await RunAsync(production: null)).Rates.Authors[0];

        Assert.Equal(("ai", 1, 1, 1), (suspect.By, suspect.Landed, suspect.Failed, suspect.Judged));
        Assert.Equal((1, null), (reverted.Failed, reverted.Judged));
        Assert.InRange(suspect.FailRange!.Value.Lower, 0.1, 0.3);
    }

    [Fact]
    public async Task Rates_by_session_and_by_way_of_asking_speak_of_what_a_record_tells_and_say_of_how_much()
    {
        _shop.Note("""
            src/Pay.cs
              s_0123456789abcd 7-13
            ---
            {"schema_version":"authorship/3.0.0","base_commit_sha":"","prompts":{"0123456789abcdef":{"agent_id":{"tool":"claude","id":"conv-1","model":"opus"},
             "messages":[{"type":"user","text":"Let src/Pay.cs answer twice, and write a test"}]}},
             "sessions":{"s_0123456789abcd":{"agent_id":{"tool":"claude","id":"conv-1","model":"opus"}}}}
            """);
        _shop.Write("src/More.cs", Code("return 2;").Replace("Pay", "More", StringComparison.Ordinal)).Commit(Claude);

        var rates = (await RunAsync(Production(await ChangeAsync("HEAD~1"), ChangeState.Suspect))).Rates;
        var proven = (await RunAsync(Production(await ChangeAsync("HEAD~1"), ChangeState.Proven))).Rates;

        Assert.Equal((2, 1, 1), (rates.OfAgents, rates.InSession, rates.Asked));
        Assert.Equal(["files named", "request under 200 characters", "tests asked for"], rates.Prompts.Select(rate => rate.By));
        Assert.All(rates.Prompts.Append(Assert.Single(rates.Sessions)), rate => Assert.Equal((1, 1, 1, 0), (rate.Landed, rate.Failed, rate.Judged, rate.Proven)));
        Assert.All(proven.Prompts.Append(Assert.Single(proven.Sessions)), rate => Assert.Equal((1, 0, 1, 1), (rate.Landed, rate.Failed, rate.Judged, rate.Proven)));
        Assert.EndsWith("conv-1", Assert.Single(rates.Sessions).By, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_adds_to_a_budget_that_is_used_up_fails_at_the_gate()
    {
        var refused = await GateAsync(production: null);
        var proven = await GateAsync(Production(await ChangeAsync(), ChangeState.Proven));

        var problem = Assert.Single(refused.Judgement.Problems);
        Assert.Equal((VerdictKind.Fail, "budget/pay"), (refused.Judgement.Kind, problem.Rule));
        Assert.Contains("4 AI-written statements would be unproven there, 2 may be", problem.Says, StringComparison.Ordinal);
        Assert.Empty(proven.Judgement.Problems);
    }

    [Fact]
    public async Task A_server_that_is_asked_for_nothing_is_told()
    {
        _shop.Write("airworthy.yml", "version: 1\n").Commit("No budgets");
        _shop.Write("src/Pay.cs", Code("return 3;")).Commit(Claude);

        var report = await GateAsync(Production("shop/1", ChangeState.Proven));

        Assert.Contains("the policy has none (budgets:)", Assert.Single(report.Remarks), StringComparison.Ordinal);
    }

    private static string Code(string body) => $"namespace Shop;\n\npublic static class Pay\n{{\n    public static int Answer(int of)\n    {{\n        {body}\n    }}\n}}\n";

    private DebtProduction Production(string change, ChangeState state) => new(
        "shop",
        ["shop"],
        new Dictionary<string, ChangeState>(StringComparer.Ordinal) { [change] = state }.ToFrozenDictionary(StringComparer.Ordinal),
        new Dictionary<string, long>(StringComparer.Ordinal) { ["M:Shop.Pay.Answer(System.Int32)"] = 100 }.ToFrozenDictionary(StringComparer.Ordinal),
        [_shop.Head],
        []);

    private async Task<string> ChangeAsync(string landed = "HEAD")
    {
        await using var repository = await GitRepository.OpenAsync(_shop.Folder, TestContext.Current.CancellationToken);
        var commit = await repository.ResolveAsync(landed, TestContext.Current.CancellationToken);
        var view = await RepositoryView.ReadAsync("shop", repository, CommitId.Parse(_shop.Head), TestContext.Current.CancellationToken);
        return view.Changes.Changes.Single(change => change.Landed == commit).Id.Value;
    }

    private async Task<DebtReport> RunAsync(DebtProduction? production)
    {
        await using var repository = await GitRepository.OpenAsync(_shop.Folder, TestContext.Current.CancellationToken);
        return await DebtJourney.RunAsync(repository, asked: null, production, reviews: [], TimeProvider.System, progress: null, TestContext.Current.CancellationToken);
    }

    private async Task<GateReport> GateAsync(DebtProduction? production)
    {
        await using var repository = await GitRepository.OpenAsync(_shop.Folder, TestContext.Current.CancellationToken);
        return await new Gate(repository).JudgeAsync(new GateRequest("HEAD~1", "HEAD") { Production = production }, TestContext.Current.CancellationToken);
    }
}
