using System.Collections.Immutable;
using System.Text;
using Airworthy.Model;
using Airworthy.Policies;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Policies;

public class JudgementTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 23, 0, 0, TimeSpan.Zero);

    private static readonly Policy s_guarded = PolicyReader.Read(Encoding.UTF8.GetBytes("""
        version: 1
        critical:
          - { name: payments, paths: [src/Pay/], deny: [ai] }
          - { name: stock, paths: [src/Stock/], criticality: medium }
        evidence:
          - { name: covered, require: [statement-coverage] }
          - { name: reviewed, authorship: [ai, unknown, human], critical: [stock], require: [human-review] }
        """));

    [Theory]
    [InlineData(AuthorKind.Ai, VerdictKind.Insufficient)]
    [InlineData(AuthorKind.Unknown, VerdictKind.Insufficient)]
    [InlineData(AuthorKind.Human, VerdictKind.Pass)]
    public void Without_a_policy_code_that_no_person_attests_needs_coverage(AuthorKind author, VerdictKind verdict) =>
        Assert.Equal(verdict, Judge(Policy.Default, [Unit("src/a.cs", author)]).Kind);

    [Fact]
    public void Nothing_changed_passes() => Assert.Equal(VerdictKind.Pass, Judge(s_guarded, []).Kind);

    [Fact]
    public void Coverage_is_never_asked_of_what_does_not_run() =>
        Assert.Equal(VerdictKind.Pass, Judge(Policy.Default, [Unit("README.md", AuthorKind.Ai, executable: false)]).Kind);

    [Theory]
    [InlineData("test/Shop.Tests/RefundTests.cs")]
    [InlineData("src/Shop.Tests/RefundTests.cs")]
    [InlineData("pkg/refund_test.go")]
    [InlineData("web/refund.spec.ts")]
    public void By_default_tests_need_no_coverage(string path) =>
        Assert.Equal(VerdictKind.Pass, Judge(Policy.Default, [Unit(path, AuthorKind.Ai)]).Kind);

    [Fact]
    public void A_denied_authorship_fails_whatever_the_evidence()
    {
        var judged = Judge(s_guarded, [Unit("src/Pay/a.cs", AuthorKind.Ai, evidence: Found("statement-coverage", 9, 0))]);

        Assert.Equal(VerdictKind.Fail, judged.Kind);
        Assert.Equal("payments", Assert.Single(judged.Units[0].Denied).Name);
        Assert.Equal(VerdictKind.Fail, judged.Rules.Single(rule => rule.Name == "deny/payments").Kind);
    }

    [Fact]
    public void Evidence_that_is_there_is_not_missing()
    {
        var judged = Judge(Policy.Default, [Unit("src/a.cs", AuthorKind.Ai, evidence: Found("statement-coverage", 9, 0))]);

        Assert.Equal(VerdictKind.Pass, judged.Kind);
    }

    [Theory]
    [InlineData(0, 0, VerdictKind.Insufficient)]
    [InlineData(9, 1, VerdictKind.Fail)]
    [InlineData(9, 0, VerdictKind.Pass)]
    public void Nothing_of_nothing_is_no_evidence_and_a_statement_that_did_not_run_fails(long count, long bad, VerdictKind verdict) =>
        Assert.Equal(verdict, Judge(Policy.Default, [Unit("src/a.cs", AuthorKind.Ai, evidence: Found("statement-coverage", count, bad))]).Kind);

    [Theory]
    [InlineData(2, VerdictKind.Pass)]
    [InlineData(3, VerdictKind.Fail)]
    public void A_share_that_is_asked_is_enough(long bad, VerdictKind verdict)
    {
        var policy = Read("evidence: [ { name: covered, require: [ statement-coverage: 0.8 ] } ]");

        Assert.Equal(verdict, Judge(policy, [Unit("src/a.cs", AuthorKind.Ai, evidence: Found("statement-coverage", 10, bad))]).Kind);
    }

    [Fact]
    public void Agents_that_may_not_write_here_fail_and_a_model_nobody_named_is_insufficient()
    {
        var policy = Read("agents: { allow: [ \"claude*\" ], models: [ \"*opus*\" ], deny: [ infra/ ] }\nevidence: []");

        Assert.Equal(VerdictKind.Pass, Judge(policy, [Written("src/a.cs", "claude-code", "claude-opus-4")]).Kind);
        Assert.Equal(VerdictKind.Fail, Judge(policy, [Written("src/a.cs", "copilot", "claude-opus-4")]).Kind);
        Assert.Equal(VerdictKind.Fail, Judge(policy, [Written("src/a.cs", "claude-code", "claude-haiku")]).Kind);
        Assert.Equal(VerdictKind.Insufficient, Judge(policy, [Written("src/a.cs", "claude-code", null)]).Kind);
        Assert.Equal(VerdictKind.Fail, Judge(policy, [Written("infra/a.cs", "claude-code", "claude-opus-4")]).Kind);
        Assert.Equal(VerdictKind.Pass, Judge(policy, [Unit("infra/a.cs", AuthorKind.Human)]).Kind);
    }

    [Theory]
    [InlineData(5, VerdictKind.Insufficient)]
    [InlineData(4, VerdictKind.Fail)]
    public void More_unverified_lines_than_a_change_may_have_fail(int largest, VerdictKind verdict) =>
        Assert.Equal(verdict, Judge(Read($"agents: {{ largest-unverified: {largest} }}"), [Unit("src/a.cs", AuthorKind.Ai)]).Kind);

    [Fact]
    public void A_risk_that_a_person_took_rests_until_its_day_and_is_told()
    {
        var policy = Read("exceptions: [ { rule: evidence/covered, paths: [ src/ ], by: Ada, reason: no harness yet, until: 2026-05-04 } ]");
        var unit = Unit("src/a.cs", AuthorKind.Ai);

        var judged = Judge(policy, [unit]);
        Assert.Equal((VerdictKind.Pass, "Ada"), (judged.Kind, Assert.Single(judged.Units[0].Accepted).By));
        Assert.Equal(VerdictKind.Insufficient, Judge(policy, [Unit("lib/a.cs", AuthorKind.Ai)]).Kind);
        Assert.Equal(VerdictKind.Insufficient, Judgement.Of(policy, [unit], s_now.AddDays(1)).Kind);
    }

    [Fact]
    public void A_rule_for_a_risk_asks_only_where_the_code_has_it()
    {
        var policy = Read("evidence: [ { name: racy, risks: [ check-then-act ], require: [ concurrency-trial ] } ]");
        var unit = Unit("src/a.cs", AuthorKind.Ai);

        Assert.Equal(VerdictKind.Pass, Judge(policy, [unit with { Risks = [new RiskSignal("missing-timeout", 2, "it waits")] }]).Kind);
        Assert.Equal([EvidenceKind.ConcurrencyTrial], Judge(policy, [unit with { Risks = [new RiskSignal("check-then-act", 2, "it races")] }]).Units[0].Missing);
    }

    [Fact]
    public void A_rule_for_a_critical_area_asks_only_there()
    {
        var judged = Judge(s_guarded, [Unit("src/Stock/a.cs", AuthorKind.Human), Unit("src/Other/a.cs", AuthorKind.Human)]);

        Assert.Equal("src/Stock/a.cs", judged.Units[0].Changed.Unit.Path.Value);
        Assert.Equal([EvidenceKind.HumanReview], judged.Units[0].Missing);
        Assert.Empty(judged.Units[1].Missing);
        Assert.Equal((1, 1), judged.Rules.Where(rule => rule.Name == "evidence/reviewed").Select(rule => (rule.Applied, rule.Unmet)).Single());
    }

    [Fact]
    public void The_worst_comes_first()
    {
        var judged = Judge(
            s_guarded,
            [
                Unit("src/z.cs", AuthorKind.Human),
                Unit("src/y.cs", AuthorKind.Unknown),
                Unit("src/x.cs", AuthorKind.Ai),
                Unit("src/Stock/w.cs", AuthorKind.Unknown),
                Unit("src/Pay/v.cs", AuthorKind.Ai),
            ]);

        Assert.Equal(
            ["src/Pay/v.cs", "src/Stock/w.cs", "src/x.cs", "src/y.cs", "src/z.cs"], judged.Units.Select(unit => unit.Changed.Unit.Path.Value));
    }

    [Fact]
    public void The_verdict_is_that_of_the_worst_unit() =>
        Gen.Select(Gen.OneOf(Gen.Const("src/Pay/a.cs"), Gen.Const("src/Stock/a.cs"), Gen.Const("src/a.cs")), Gen.Enum<AuthorKind>(), Gen.Bool).Array[0, 8].Sample(drawn =>
        {
            var judged = Judge(s_guarded, drawn.Select(unit => Unit(unit.Item1, unit.Item2, unit.Item3)));

            var kinds = judged.Units.Select(unit => unit.Kind).ToArray();
            var expected = kinds.Contains(VerdictKind.Fail) ? VerdictKind.Fail
                : kinds.Contains(VerdictKind.Insufficient) ? VerdictKind.Insufficient
                : VerdictKind.Pass;
            Assert.Equal(expected, judged.Kind);
            Assert.Equal(expected == VerdictKind.Pass, judged.Rules.All(rule => rule.Unmet == 0));
        });

    [Theory]
    [InlineData("tools/a.cs", AuthorKind.Ai, VerdictKind.Pass)]
    [InlineData("src/a.cs", AuthorKind.Ai, VerdictKind.Fail)]
    [InlineData("src/a.cs", AuthorKind.Human, VerdictKind.Pass)]
    [InlineData("shared/a.cs", AuthorKind.Ai, VerdictKind.Fail)]
    [InlineData("elsewhere/a.cs", AuthorKind.Ai, VerdictKind.Pass)]
    public void Agents_can_be_kept_to_what_does_not_run_in_production(string path, AuthorKind author, VerdictKind verdict)
    {
        var policy = PolicyReader.Read(Encoding.UTF8.GetBytes("""
            version: 1
            environments: [{ name: production, paths: [src/, shared/] }, { name: internal, paths: [tools/, shared/] }]
            agents: { environments: [internal] }
            evidence: []
            """));

        Assert.Equal(verdict, Judge(policy, [Unit(path, author)]).Kind);
    }

    [Fact]
    public void Evidence_can_be_asked_of_what_runs_in_one_environment_only()
    {
        var policy = PolicyReader.Read(Encoding.UTF8.GetBytes("""
            version: 1
            environments: [{ name: production, paths: [src/] }, { name: internal, paths: [tools/] }]
            evidence: [{ name: flagged, environments: [production], require: [behind-flag] }]
            """));

        Assert.Equal(VerdictKind.Insufficient, Judge(policy, [Unit("src/a.cs", AuthorKind.Ai)]).Kind);
        Assert.Equal(VerdictKind.Pass, Judge(policy, [Unit("tools/a.cs", AuthorKind.Ai)]).Kind);
        Assert.Equal(VerdictKind.Fail, Judge(policy, [Unit("src/a.cs", AuthorKind.Ai, evidence: Found("behind-flag", 3, 1))]).Kind);
        Assert.Equal(VerdictKind.Pass, Judge(policy, [Unit("src/a.cs", AuthorKind.Ai, evidence: Found("behind-flag", 3, 0))]).Kind);
    }

    private static Judgement Judge(Policy policy, IEnumerable<ChangedUnit> units) => Judgement.Of(policy, units, s_now);

    private static Policy Read(string yaml) => PolicyReader.Read(Encoding.UTF8.GetBytes("version: 1\n" + yaml));

    private static ChangedUnit Written(string path, string agent, string? model)
    {
        var unit = Unit(path, AuthorKind.Ai);
        return unit with { Authorship = unit.Authorship with { Agents = [new Agent(agent, model)] } };
    }

    private static ChangedUnit Unit(string path, AuthorKind author, bool executable = true, params ImmutableArray<Evidence> evidence) => new(
        new CodeUnit("csharp", "M:A.B", "A.B()", new RepoPath(path), new LineSpan(1, 5)),
        Authorship.Unknown with { Kind = author },
        LineTally.Of(author, 5),
        RemovedOnly: false,
        executable,
        evidence);

    private static Evidence Found(string kind, long count, long bad) => new(kind, "test", "M:A.B", null, null, count, bad, 1);
}
