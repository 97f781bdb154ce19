using System.Text;
using Airworthy.Model;
using Airworthy.Policies;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Policies;

public class PolicyReaderTests
{
    private const string Full = """
        version: 1
        services: [shop, "shop-worker"]
        critical:
          - name: payments
            paths: ["src/Shop/Payments/**", Refunds.cs]
            owner: "@payments"
            criticality: high
            deny: [unknown]
          - name: docs
            paths: [docs/]
            criticality: low
        probation: [ai]
        proof: {ratio: 1.5, alpha: 0.05, days: 14, instances: 3}
        authorship:
          unattributed: human
        evidence:
          - name: covered
            require: [statement-coverage]
          - name: reviewed
            authorship: [ai, unknown, human]
            critical: [payments]
            except: ["*.md"]
            require: [human-review, trial]
        """;

    [Fact]
    public void Everything_that_is_written_is_read()
    {
        var policy = Read(Full);

        Assert.Equal(["shop", "shop-worker"], policy.Services);
        Assert.Equal(["payments", "docs"], policy.Critical.Select(area => area.Name));
        Assert.Equal("@payments", policy.Critical[0].Owner);
        Assert.Equal([AuthorKind.Unknown], policy.Critical[0].Deny);
        Assert.Equal(Criticality.Low, policy.Critical[1].Criticality);
        Assert.Equal([AuthorKind.Ai], policy.Probation);
        Assert.Equal(new ProofTerms(1.5, 0.05, 14, 3), policy.Proof);
        Assert.Equal(AuthorKind.Human, policy.Unattributed);
        Assert.Equal(Policy.Unproven, policy.Evidence[0].Authorship);
        Assert.Equal([EvidenceKind.HumanReview, EvidenceKind.Trial], policy.Evidence[1].Require);
        Assert.Equal(["payments"], policy.Evidence[1].Areas);
    }

    [Fact]
    public void What_is_left_out_is_as_without_a_file()
    {
        var policy = Read("version: 1\n");

        Assert.Empty(policy.Critical);
        Assert.Equal(Policy.Unproven, policy.Probation);
        Assert.Equal(new ProofTerms(2, 0.01, 7, 2), policy.Proof);
        Assert.Equal(AuthorKind.Unknown, policy.Unattributed);
        Assert.Equal(Policy.DefaultEvidence, policy.Evidence);
    }

    [Fact]
    public void An_empty_list_of_rules_asks_for_nothing() => Assert.Empty(Read("version: 1\nevidence: []\n").Evidence);

    [Fact]
    public void The_digest_is_of_the_bytes_of_the_file()
    {
        var crlf = Read("version: 1\r\n");

        Assert.Equal(64, crlf.Digest.Length);
        Assert.NotEqual(Read("version: 1\n").Digest, crlf.Digest);
        Assert.Equal("default", Policy.Default.Digest);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_key() => Assert.Empty(Read("\uFEFFversion: 1\n").Services);

    [Fact]
    public void Any_stands_for_every_critical_area()
    {
        var policy = Read("version: 1\ncritical: [{name: a, paths: [a]}, {name: b, paths: [b]}]\nevidence: [{name: r, critical: any, require: [trial]}]");

        Assert.Equal(["a", "b"], policy.Evidence[0].Areas);
    }

    [Theory]
    [InlineData("version: 1\ncritcal: []", 2, 1, "did you mean 'critical'?")]
    [InlineData("version: 1\ncritical:\n  - name: a\n    path: [x]", 4, 5, "did you mean 'paths'?")]
    [InlineData("version: 1\nprobation: [ai, unkown]", 2, 17, "did you mean 'unknown'?")]
    [InlineData("version: 1\nevidence: [{name: r, require: [coverage-of-statements]}]", 2, 32, "known are statement-coverage, mutation-score, trial, observability, human-review")]
    [InlineData("version: 1\nzzz: 1", 2, 1, "known are version, services")]
    [InlineData("services: [a]", 1, 1, "'version: 1' is missing")]
    [InlineData("version: 2", 1, 10, "version 1 only")]
    [InlineData("version: \"1\"", 1, 10, "version 1 only")]
    [InlineData("version: 1\nservices: shop", 2, 11, "'services' must be a list")]
    [InlineData("version: 1\nservices: [[a]]", 2, 12, "must be one value")]
    [InlineData("version: 1\nservices: [~]", 2, 12, "a service name is missing")]
    [InlineData("version: 1\nversion: 1", 2, 1, "given twice")]
    [InlineData("version: 1\nservices: &a [x]", 2, 11, "anchors")]
    [InlineData("version: 1\nservices: *a", 2, 11, "")]
    [InlineData("version: 1\nservices: !!python/object [x]", 2, 11, "tags")]
    [InlineData("version: 1\nservices: !!,] [x]", 2, 0, "not valid YAML")]
    [InlineData("version: 1\n---\nversion: 1", 2, 1, "one YAML document")]
    [InlineData("version: 1\nservices: [a\ncritical: []\n", 2, 0, "")]
    [InlineData("version: 1\nproof: {ratio: 1}", 2, 16, "'ratio' is '1': give a number above 1 and up to 1000")]
    [InlineData("version: 1\nproof: {alpha: 0.6}", 2, 16, "'alpha' is '0.6': give a number above 0 and up to 0.5")]
    [InlineData("version: 1\nproof: {days: 1.5}", 2, 15, "'days' is '1.5': give a whole number from 0 to 365")]
    [InlineData("version: 1\nproof: {instances: -1}", 2, 20, "'instances' is '-1': give a whole number from 1 to 1000")]
    [InlineData("version: 1\nproof: {day: 1}", 2, 9, "did you mean 'days'?")]
    [InlineData("- a", 1, 1, "must be keys and values")]
    [InlineData("", 1, 1, "the file is empty")]
    [InlineData("version: 1\ncritical: [{name: a, paths: []}]", 2, 0, "'paths' must list at least one")]
    [InlineData("version: 1\ncritical: [{name: a, paths: [\"!x\"]}]", 2, 30, "can't be negated")]
    [InlineData("version: 1\ncritical: [{name: a, paths: [x]}, {name: a, paths: [y]}]", 2, 35, "taken by an earlier entry")]
    [InlineData("version: 1\nevidence: [{name: r, critical: [pay], require: [trial]}]", 2, 32, "the policy has none")]
    [InlineData("version: 1\nauthorship: {unattributed: ai}", 2, 28, "known are unknown, human")]
    public void What_is_wrong_is_told_with_its_line_and_column(string yaml, int line, int column, string told)
    {
        var wrong = Assert.Throws<PolicyException>(() => Read(yaml));

        Assert.Equal(Fault.BadInput, wrong.Fault);
        Assert.Equal(line, wrong.Line);
        if (column > 0 && told.Length > 0)
        {
            Assert.Equal(column, wrong.Column);
        }

        Assert.StartsWith($"airworthy.yml:{wrong.Line}:{wrong.Column}: ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(told, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_told_where_it_stands()
    {
        var wrong = Assert.Throws<PolicyException>(() => PolicyReader.Read([.. "version: 1\n# "u8, 0xE9, (byte)'\n']));

        Assert.Equal((2, 3), (wrong.Line, wrong.Column));
    }

    [Fact]
    public void A_huge_file_is_refused_unread()
    {
        var wrong = Assert.Throws<PolicyException>(() => PolicyReader.Read(new byte[300_000]));

        Assert.Contains("at most", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Nesting_without_end_is_refused_quickly(string opening)
    {
        var yaml = string.Concat(Enumerable.Repeat(opening, 50_000));

        Assert.Throws<PolicyException>(() => Read(yaml));
    }

    [Fact]
    public void A_billion_laughs_are_refused()
    {
        var yaml = "version: 1\na: &a [x,x]\nb: &b [*a,*a]\nservices: [*b,*b]\n";

        Assert.Contains("anchors", Assert.Throws<PolicyException>(() => Read(yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_give_a_policy_or_one_sentence() =>
        Gen.Byte.Array[0, 300].Sample(
            bytes =>
            {
                try
                {
                    PolicyReader.Read(bytes);
                }
                catch (PolicyException told)
                {
                    Assert.DoesNotContain('\n', told.Message);
                    Assert.True(told.Line >= 1 && told.Column >= 1);
                }
            },
            iter: 5_000);

    [Fact]
    public void A_policy_with_a_stretch_broken_gives_a_policy_or_one_sentence() =>
        Gen.Select(Gen.Int[0, Full.Length - 1], Gen.Int[0, 12], Gen.String[Gen.Char["{}[]:,-&*!|>'\"#%@`? \n\tax"], 0, 6]).Sample(
            (at, length, inserted) =>
            {
                var broken = Full.Remove(at, Math.Min(length, Full.Length - at)).Insert(at, inserted);
                try
                {
                    Read(broken);
                }
                catch (PolicyException told)
                {
                    Assert.DoesNotContain('\n', told.Message);
                    Assert.InRange(told.Line, 1, broken.Count(c => c == '\n') + 2);
                }
            },
            iter: 5_000);

    [Fact]
    public void A_key_with_one_letter_wrong_names_the_one_meant() =>
        Gen.Select(Gen.OneOf(Gen.Const("services"), Gen.Const("critical"), Gen.Const("probation"), Gen.Const("authorship"), Gen.Const("evidence")), Gen.Int[0, 100]).Sample(
            (key, seed) =>
            {
                var at = seed % key.Length;
                var typo = key.Remove(at, 1);

                var wrong = Assert.Throws<PolicyException>(() => Read($"version: 1\n{typo}: []\n"));

                Assert.Contains($"did you mean '{key}'?", wrong.Message, StringComparison.Ordinal);
            });

    private static Policy Read(string yaml) => PolicyReader.Read(Encoding.UTF8.GetBytes(yaml));
}
