using System.Collections.Immutable;
using System.Text;
using Airworthy.Model;
using Airworthy.Policies;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Policies;

public class JudgementTests
{
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
        Assert.Equal(verdict, Judgement.Of(Policy.Default, [Unit("src/a.cs", author)]).Kind);

    [Fact]
    public void Nothing_changed_passes() => Assert.Equal(VerdictKind.Pass, Judgement.Of(s_guarded, []).Kind);

    [Fact]
    public void Coverage_is_never_asked_of_what_does_not_run() =>
        Assert.Equal(VerdictKind.Pass, Judgement.Of(Policy.Default, [Unit("README.md", AuthorKind.Ai, executable: false)]).Kind);

    [Theory]
    [InlineData("test/Shop.Tests/RefundTests.cs")]
    [InlineData("src/Shop.Tests/RefundTests.cs")]
    [InlineData("pkg/refund_test.go")]
    [InlineData("web/refund.spec.ts")]
    public void By_default_tests_need_no_coverage(string path) =>
        Assert.Equal(VerdictKind.Pass, Judgement.Of(Policy.Default, [Unit(path, AuthorKind.Ai)]).Kind);

    [Fact]
    public void A_denied_authorship_fails_whatever_the_evidence()
    {
        var judged = Judgement.Of(s_guarded, [Unit("src/Pay/a.cs", AuthorKind.Ai, evidence: Found("statement-coverage", 9, 0))]);

        Assert.Equal(VerdictKind.Fail, judged.Kind);
        Assert.Equal("payments", Assert.Single(judged.Units[0].Denied).Name);
        Assert.Equal(VerdictKind.Fail, judged.Rules.Single(rule => rule.Name == "deny/payments").Kind);
    }

    [Fact]
    public void Evidence_that_is_there_is_not_missing()
    {
        var judged = Judgement.Of(Policy.Default, [Unit("src/a.cs", AuthorKind.Ai, evidence: Found("statement-coverage", 9, 0))]);

        Assert.Equal(VerdictKind.Pass, judged.Kind);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 1)]
    public void Nothing_of_nothing_and_bad_observations_are_no_evidence(long count, long bad)
    {
        var judged = Judgement.Of(Policy.Default, [Unit("src/a.cs", AuthorKind.Ai, evidence: Found("statement-coverage", count, bad))]);

        Assert.Equal(VerdictKind.Insufficient, judged.Kind);
    }

    [Fact]
    public void A_rule_for_a_critical_area_asks_only_there()
    {
        var judged = Judgement.Of(s_guarded, [Unit("src/Stock/a.cs", AuthorKind.Human), Unit("src/Other/a.cs", AuthorKind.Human)]);

        Assert.Equal("src/Stock/a.cs", judged.Units[0].Changed.Unit.Path.Value);
        Assert.Equal([EvidenceKind.HumanReview], judged.Units[0].Missing);
        Assert.Empty(judged.Units[1].Missing);
        Assert.Equal((1, 1), judged.Rules.Where(rule => rule.Name == "evidence/reviewed").Select(rule => (rule.Applied, rule.Unmet)).Single());
    }

    [Fact]
    public void The_worst_comes_first()
    {
        var judged = Judgement.Of(
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
            var judged = Judgement.Of(s_guarded, drawn.Select(unit => Unit(unit.Item1, unit.Item2, unit.Item3)));

            var kinds = judged.Units.Select(unit => unit.Kind).ToArray();
            var expected = kinds.Contains(VerdictKind.Fail) ? VerdictKind.Fail
                : kinds.Contains(VerdictKind.Insufficient) ? VerdictKind.Insufficient
                : VerdictKind.Pass;
            Assert.Equal(expected, judged.Kind);
            Assert.Equal(expected == VerdictKind.Pass, judged.Rules.All(rule => rule.Unmet == 0));
        });

    private static ChangedUnit Unit(string path, AuthorKind author, bool executable = true, params ImmutableArray<Evidence> evidence) => new(
        new CodeUnit("csharp", "M:A.B", "A.B()", new RepoPath(path), new LineSpan(1, 5)),
        Authorship.Unknown with { Kind = author },
        LineTally.Of(author, 5),
        RemovedOnly: false,
        executable,
        evidence);

    private static Evidence Found(string kind, long count, long bad) => new(kind, "test", "M:A.B", null, null, count, bad, 1);
}
