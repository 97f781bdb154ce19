using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Testing;
using Xunit;
using static Airworthy.Server.Tests.Journeys.ProbationShop;

namespace Airworthy.Server.Tests.Journeys;

/// <summary>Telemetry of versions with and without an agent's change, and what the server makes of the change.</summary>
public class ProbationJourneyTests
{
    private const string Line = "10";

    [Fact]
    public async Task A_change_that_fails_more_than_the_version_beside_it_is_suspect_without_any_incident()
    {
        var (shop, before, after) = Shops();
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await SendAsync(server, before, after, hours: 6, everyMinutes: 1, beforeFails: 24, afterFails: 5);

        var detail = await ChangeAsync(server, after, change => change.Change.State == ChangeState.Suspect);

        Assert.Empty(detail.Incidents);
        var standing = detail.Standing!;
        Assert.Equal((ProbationVerdict.Suspect, EvidenceGrade.Concurrent), (standing.Verdict, standing.Grade));
        var failures = Assert.Single(standing.Metrics);
        Assert.True(failures.HarmLogE > failures.HarmThreshold);
        Assert.InRange(failures.OddsRatio!.Value, 3, 10);
        Assert.Equal((detail.Transitions[^1].PolicyDigest, shop.Head), (standing.PolicyDigest, standing.PolicyRevision));
        var exposure = detail.Exposure!;
        var unit = Assert.Single(exposure.Units);
        Assert.Equal((1, "M:Shop.Coupons.Percent(System.String)", "shop", "probe", AuthorKind.Ai), (exposure.UnitsRan, unit.Unit, Assert.Single(unit.Where), unit.Counted, unit.Authorship));
        Assert.Equal((standing.Calls, standing.Bad), (exposure.Calls, exposure.Bad));
        Assert.Equal((after, exposure.FirstRan), (Assert.Single(exposure.Revisions).Sha, exposure.Revisions[0].FirstRan));
        Assert.Equal(exposure.Calls, exposure.Hours.Sum(hour => hour.Calls));
        var list = await server.GetAsync<ChangeList>("/api/changes?service=shop&agent=claude-code&path=coupons&sort=exposure");
        Assert.Equal((detail.Change.Id, exposure.Calls, "shop"), (Assert.Single(list.Changes).Id, list.Changes[0].Calls, Assert.Single(list.Changes[0].Services)));
        Assert.Empty((await server.GetAsync<ChangeList>("/api/changes?service=till")).Changes);
        Assert.Empty((await server.GetAsync<ChangeList>("/api/changes?path=nowhere/")).Changes);
        var step = detail.Transitions[^1];
        Assert.Equal((ChangeState.Experimental, ChangeState.Suspect), (step.From, step.To));
        Assert.StartsWith("Where it runs its units fail more than where it does not, in the same minutes: odds ratio about ", step.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(step.PolicyDigest);
    }

    [Fact]
    public async Task A_harmless_change_is_proven_after_a_week_on_two_instances_with_every_statement_run()
    {
        var (shop, before, after) = Shops();
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await SendAsync(server, before, after, hours: 24 * 8, everyMinutes: 10, beforeFails: 12, afterFails: 12);

        var open = await ChangeAsync(server, after, change => change.Standing?.Missing is ["which of its statements ran: nothing tells, as no probe is in them"]);
        Assert.Equal(ChangeState.Experimental, open.Change.State);

        // A restart of the judging: another place is seen, so all of it is judged anew.
        var now = TimeProvider.System.GetUtcNow();
        await server.SendOtlpAsync("/v1/metrics", new ProbeMetrics().AddStatements(after, Line, ran: 1, now).Add(after, "c9", [(now.AddHours(-1), 100, 0)]).ToJson());
        var detail = await ChangeAsync(server, after, change => change.Change.State == ChangeState.Proven);

        Assert.Empty(detail.Standing!.Missing);
        var line = Assert.Single(Assert.Single(detail.Lines).Lines);
        Assert.Equal((10, AuthorKind.Ai, true), (line.Number, line.Authorship, line.Ran));
        Assert.True(detail.Standing.Metrics[0].NoHarmLogE > detail.Standing.Metrics[0].Threshold);
        Assert.InRange(detail.Standing.Metrics[0].OddsRatio!.Value, 0.7, 1.4);
        Assert.Contains("fail no more than where it does not, by an odds ratio of 2", detail.Transitions[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_said()
    {
        var (shop, _, after) = Shops();
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        var now = Minute(TimeProvider.System.GetUtcNow());
        await server.SendOtlpAsync("/v1/metrics", new ProbeMetrics().Add(after, "c1", Enumerable.Range(10, 30).Select(i => (now.AddMinutes(-i), 100, 0))).ToJson());

        var detail = await ChangeAsync(server, after, change => change.Standing is not null);

        Assert.Equal(ChangeState.Experimental, detail.Change.State);
        Assert.Equal((EvidenceGrade.Absolute, 30 * 100L), (detail.Standing!.Grade, detail.Standing.Calls));
        Assert.Collection(
            detail.Standing.Missing,
            missing => Assert.StartsWith("nothing to compare with: no version without it ran beside it, or nothing failed; 688 instance-minutes", missing, StringComparison.Ordinal),
            missing => Assert.Equal("time: it ran for 0 days of 14, twice the policy's as there is nothing to compare with", missing),
            missing => Assert.Equal("instances: it ran on 1 of 2", missing));
        Assert.DoesNotContain("suspect", (await server.GetAsync<ChangeList>("/api/changes?state=suspect")).Changes.Select(change => change.Id));
    }

    [Fact]
    public async Task A_change_that_was_reverted_is_withdrawn_and_experimental_again_when_the_revert_was()
    {
        var (shop, _, after) = Shops();
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await ChangeAsync(server, after, change => change.Change.State == ChangeState.Experimental);

        shop.Git("revert", "--no-commit", after);
        var revert = shop.Commit($"Revert \"Read percentages\"\n\nThis reverts commit {after}.\n");
        var withdrawn = await ChangeAsync(server, after, change => change.Change.State == ChangeState.Withdrawn);
        shop.Git("revert", "--no-commit", revert);
        shop.Commit($"Reapply \"Read percentages\"\n\nThis reverts commit {revert}.\n");
        var again = await ChangeAsync(server, after, change => change.Change.State == ChangeState.Experimental);

        Assert.Equal($"Reverted by {revert[..12]}.", withdrawn.Transitions[^1].Reason);
        Assert.Equal("What reverted it was itself reverted.", again.Transitions[^1].Reason);
    }

    [Fact]
    public async Task The_policy_says_what_proof_it_takes()
    {
        var (shop, before, after) = Shops("proof:\n  days: 0\n  instances: 1\n  ratio: 3\n");
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        var now = Minute(TimeProvider.System.GetUtcNow());
        await server.SendOtlpAsync("/v1/metrics", new ProbeMetrics().AddStatements(after, Line, ran: 1, now).ToJson());
        await SendAsync(server, before, after, hours: 6, everyMinutes: 1, beforeFails: 12, afterFails: 12);

        var detail = await ChangeAsync(server, after, change => change.Change.State == ChangeState.Proven);

        Assert.Contains("by an odds ratio of 3", detail.Transitions[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_which_nothing_is_left_is_withdrawn_though_nobody_reverted_it()
    {
        var (shop, _, after) = Shops();
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await ChangeAsync(server, after, change => change.Change.State == ChangeState.Experimental);

        shop.Write(Shop.Coupons, "namespace Shop;\n\npublic static class Coupons\n{\n    public static decimal Percent(string text) => 5;\n}\n").Commit("Read no coupons");
        var withdrawn = await ChangeAsync(server, after, change =>
        {
            // The repository is read again beside the judging: a later minute finds it.
            server.Time.Skip(TimeSpan.FromMinutes(1));
            return change.Change.State == ChangeState.Withdrawn;
        });

        Assert.Equal($"Rewritten: nothing of it lives at {shop.Head[..12]}.", withdrawn.Transitions[^1].Reason);
    }

    [Fact]
    public async Task A_deploy_that_replaced_all_at_once_is_judged_by_units_that_it_left_as_they_were()
    {
        var (shop, before, after) = Shops("proof:\n  days: 0\n");
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        var last = Minute(TimeProvider.System.GetUtcNow()).AddMinutes(-10);
        var metrics = new ProbeMetrics();
        for (var instance = 0; instance < 3; instance++)
        {
            // Six hours before, six hours after; Tax.Of is touched by nobody and calls nothing of it.
            var salt = instance;
            Add(before, $"b{instance}", from: 720, until: 360, oneIn: 12, salt);
            Add(after, $"c{instance}", from: 360, until: 0, oneIn: 3, salt + 7);

            void Add(string revision, string name, int from, int until, int oneIn, int seed)
            {
                var minutes = Enumerable.Range(until, from - until).Select(i => (I: i, At: last.AddMinutes(-i))).ToList();
                metrics.Add(revision, name, minutes.Select(minute => (minute.At, 100, IsBad(minute.I, seed, oneIn) ? 2 : 0)));
                metrics.Add(revision, name, minutes.Select(minute => (minute.At, 100, IsBad(minute.I, seed + 50, 12) ? 2 : 0)), "Shop.Tax.Of", "src/Shop/Tax.cs");
            }
        }

        await server.SendOtlpAsync("/v1/metrics", metrics.ToJson());
        var detail = await ChangeAsync(server, after, change =>
        {
            // Who calls whom is read beside the judging: a later minute finds it.
            server.Time.Skip(TimeSpan.FromMinutes(1));
            return change.Change.State == ChangeState.Suspect;
        });

        Assert.Equal(EvidenceGrade.BeforeAfter, detail.Standing!.Grade);
        Assert.StartsWith("Since it runs its units fail more than before, the turn of units that no change touched divided out", detail.Transitions[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_only_deleted_is_judged_where_it_deleted()
    {
        var shop = Shop.Open();
        using var repository = shop;
        var safe = await File.ReadAllTextAsync(Path.Combine(shop.Folder, Shop.Coupons), TestContext.Current.CancellationToken);
        shop.Write(Shop.Coupons, safe.Replace("        return ", "        ArgumentNullException.ThrowIfNull(text);\n        return ", StringComparison.Ordinal)).Commit("Refuse no text");
        var before = shop.Head;
        var after = shop.Write(Shop.Coupons, safe).Commit("Drop a check\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n");
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await SendAsync(server, before, after, hours: 6, everyMinutes: 1, beforeFails: 24, afterFails: 5);

        var detail = await ChangeAsync(server, after, change => change.Change.State == ChangeState.Suspect);

        Assert.Equal(EvidenceGrade.Concurrent, detail.Standing!.Grade);
    }

    [Fact]
    public async Task A_change_that_is_slower_than_the_version_beside_it_is_suspect_though_nothing_fails()
    {
        var (shop, before, after) = Shops();
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        var last = Minute(TimeProvider.System.GetUtcNow()).AddMinutes(-10);
        var metrics = new ProbeMetrics();
        for (var instance = 0; instance < 3; instance++)
        {
            // Eight hours of the version before, the change beside it in the last three: half of the calls took up to 10 ms, 99 of 100 up to 20 ms.
            Add(before, $"b{instance}", minutes: 480, slower: 0);
            Add(after, $"c{instance}", minutes: 180, slower: 8);
        }

        await server.SendOtlpAsync("/v1/metrics", metrics.ToJson());
        var detail = await ChangeAsync(server, after, change => change.Change.State == ChangeState.Suspect);

        var standing = detail.Standing!;
        Assert.Equal((10_000_000L, 20_000_000L), (standing.Frozen!.Median, standing.Frozen.Tail));
        Assert.Equal(("median time", ProbationVerdict.Suspect, EvidenceGrade.Concurrent), (standing.Metrics[1].Metric, standing.Metrics[1].Verdict, standing.Metrics[1].Grade));
        Assert.Equal(["undecided", "undecided"], [Words.Of(standing.Metrics[0].Verdict), Words.Of(standing.Metrics[2].Verdict)]);
        Assert.StartsWith("Where it runs its units are slower than where it does not, in the same minutes", detail.Transitions[^1].Reason, StringComparison.Ordinal);
        var (with, without) = (standing.Times.Aggregate(default(SlowCalls), (sum, point) => sum + point.Change), standing.Times.Aggregate(default(SlowCalls), (sum, point) => sum + point.Baseline));
        Assert.InRange((double)with.OverMedian / with.Timed, 0.54, 0.58);
        Assert.InRange((double)without.OverMedian / without.Timed, 0.46, 0.50);
        var page = await server.Http.GetStringAsync(new Uri($"/changes/{detail.Change.Repository}/{detail.Change.Id}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("Calls that took more than 10 ms, as half of them did before it shipped", page, StringComparison.Ordinal);

        void Add(string revision, string name, int minutes, int slower)
        {
            var random = new Random((name[0] * 7) + name[1]);
            var all = Enumerable.Range(0, minutes).Select(i => last.AddMinutes(-i)).ToList();
            metrics.Add(revision, name, all.Select(minute => (minute, 100, 0)));
            metrics.AddTimes(revision, name, all.Select((minute, i) =>
            {
                var slow = 48 + slower + random.Next(-6, 7);
                return (minute, new[] { 100 - slow, slow - (i % 2), i % 2, 0 });
            }));
        }
    }

    [Fact]
    public async Task A_function_that_takes_one_more_parameter_is_compared_with_what_it_was()
    {
        var shop = Shop.Open();
        using var repository = shop;
        var before = shop.Head;
        var code = await File.ReadAllTextAsync(Path.Combine(shop.Folder, Shop.Coupons), TestContext.Current.CancellationToken);
        var after = shop.Write(Shop.Coupons, code.Replace("string text", "string text, int digits = 0", StringComparison.Ordinal)).Commit("Round percentages\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n");
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        await SendAsync(server, before, after, hours: 6, everyMinutes: 1, beforeFails: 24, afterFails: 5);

        var detail = await ChangeAsync(server, after, change => change.Change.State == ChangeState.Suspect);

        Assert.Equal(EvidenceGrade.Concurrent, detail.Standing!.Grade);
    }

    [Fact]
    public async Task A_function_that_nothing_counts_is_reached_by_operations_whose_failures_went_through_it()
    {
        var (shop, before, after) = Shops();
        using var repository = shop;
        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        foreach (var (revision, trace) in new[] { (before, 1), (after, 2), (after, 3) })
        {
            // As the SDK's own instrumentation sends it: a route, and a stack trace where it failed.
            await server.SendOtlpAsync("/v1/traces", Shop.Failure(revision, trace).Replace("\"code.", "\"not.told.", StringComparison.Ordinal));
        }

        var detail = await ChangeAsync(server, after, change => change.Exposure is { Units: [{ ReachedBy: [{ Traces: 3 }, ..] }] });

        var unit = Assert.Single(detail.Exposure!.Units);
        Assert.Equal((0, null), (unit.Calls, unit.Counted));
        Assert.Equal(new ReachingOperation("shop", "GET /orders/{id}", Calls: 2, Bad: 2, Through: 3, Traces: 3), Assert.Single(unit.ReachedBy));
    }

    [Theory]
    [InlineData(4, false, ProbationVerdict.Suspect)]
    [InlineData(4, true, ProbationVerdict.Suspect)]
    [InlineData(24, false, ProbationVerdict.Undecided)]
    public async Task Where_nothing_counts_a_change_the_operations_that_lead_to_it_convict_it_and_never_prove_it(int afterFails, bool addsFunction, ProbationVerdict verdict)
    {
        var (shop, before, after) = Shops("proof:\n  days: 0\n  instances: 1\n");
        using var repository = shop;
        if (addsFunction)
        {
            // What is new was nowhere before; what calls it was.
            var code = await File.ReadAllTextAsync(Path.Combine(shop.Folder, Shop.Coupons), TestContext.Current.CancellationToken);
            after = shop.Write(Shop.Coupons, code
                    .Replace("text.TrimEnd('%')", "Plain(text)", StringComparison.Ordinal)
                    .Replace("public static class Coupons\n{\n", "public static class Coupons\n{\n    private static string Plain(string text)\n    {\n        return text.TrimEnd('%', ' ');\n    }\n\n", StringComparison.Ordinal))
                .Commit("Read percentages with spaces\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n");
        }

        await using var server = await ServerUnderTest.StartAsync(shop.Folder);
        if (addsFunction)
        {
            await server.SendOtlpAsync("/v1/traces", Shop.Failure(after, 2)
                .Replace("\"code.", "\"not.told.", StringComparison.Ordinal)
                .Replace("at Shop.Coupons.Percent(", "at Shop.Coupons.Plain(String text) in /build/src/Shop/Coupons.cs:line 9\\n   at Shop.Coupons.Percent(", StringComparison.Ordinal));
        }

        await server.SendOtlpAsync("/v1/traces", Shop.Failure(before, 1).Replace("\"code.", "\"not.told.", StringComparison.Ordinal));
        var last = Minute(TimeProvider.System.GetUtcNow()).AddMinutes(-10);
        var metrics = new ProbeMetrics();
        foreach (var (revision, name, oneIn, salt) in new[] { (before, "b", 24, 0), (after, "c", afterFails, 7) })
        {
            for (var i = 0; i < 3; i++)
            {
                var of = salt + i;
                metrics.AddRequests(revision, $"{name}{i}", "GET", "/orders/{id}", Enumerable.Range(0, 600).Select(minute => (last.AddMinutes(-minute), 100, IsBad(minute, of, oneIn) ? 2 : 0)));
            }
        }

        await server.SendOtlpAsync("/v1/metrics", metrics.ToJson());
        var detail = await ChangeAsync(server, after, change => change.Standing is { Calls: 3 * 600 * 100 } && (verdict != ProbationVerdict.Suspect || change.Change.State == ChangeState.Suspect));

        Assert.Equal((verdict, EvidenceGrade.Concurrent), (detail.Standing!.Verdict, detail.Standing.Grade));
        if (verdict == ProbationVerdict.Undecided)
        {
            Assert.Contains("what counts its functions: told is only of operations that lead to them, GET /orders/{id} (by 1 stack trace of 1)", detail.Standing.Missing);
            Assert.Contains("which of its statements ran: nothing tells, as no probe is in them", detail.Standing.Missing);
        }
        else if (!addsFunction)
        {
            // Else the incident of its own stack trace made it suspect before.
            Assert.Contains(detail.Transitions, step => step.Reason.StartsWith("Where it runs the operations that lead to it fail more than where it does not, in the same minutes", StringComparison.Ordinal));
        }
    }
}
