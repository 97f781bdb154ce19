using System.Text;
using System.Text.Json;
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
          - name: proven
            agents: ["claude*"]
            models: ["*opus*"]
            risks: [check-then-act]
            paths: [src/]
            require: [mutation-score: 0.7, concurrency-trial]
        agents:
          allow: ["claude*", copilot]
          models: ["*"]
          deny: [infra/]
          environments: [internal]
          largest-unverified: 400
        may-accept: [Ada]
        exceptions:
          - { rule: evidence/covered, paths: [src/Old/], by: Ada, reason: it goes away in June, until: 2026-06-30 }
        budgets:
          - { name: payments, paths: [src/Shop/Payments/], statements: 50 }
        environments:
          - { name: production, paths: [src/] }
          - { name: internal, paths: [tools/] }
        flags: [IsOn]
        generated: ["*.pb.cs"]
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
        Assert.Equal((0.7, 1.0), (policy.Evidence[2].LeastOf(EvidenceKind.MutationScore), policy.Evidence[2].LeastOf(EvidenceKind.ConcurrencyTrial)));
        Assert.Equal(["check-then-act"], policy.Evidence[2].Risks);
        Assert.Equal(("claude*", "*opus*"), (policy.Evidence[2].Agents.Single().Text, policy.Evidence[2].Models.Single().Text));
        Assert.Equal((2, 400), (policy.Agents.Allow.Length, policy.Agents.Largest));
        Assert.Equal((new DateOnly(2026, 6, 30), "Ada"), (policy.Exceptions.Single().Until, policy.Exceptions.Single().By));
        Assert.Equal(50, policy.Budgets.Single().Statements);
        Assert.Equal(["internal"], policy.Agents.Environments);
        Assert.Equal(["production", "internal"], policy.Environments.Select(one => one.Name));
        Assert.Equal(["IsOn"], policy.Flags);
        Assert.True(policy.IsGenerated(new RepoPath("src/x.pb.cs")));
        Assert.Equal(
            ["agents/allow", "agents/models", "agents/deny", "agents/environments", "agents/largest", "deny/payments", "evidence/covered", "evidence/reviewed", "evidence/proven", "budget/payments"], policy.RuleIds);
    }

    [Fact]
    public void A_critical_area_may_ask_for_more_proof_and_the_strictest_of_all_holds()
    {
        var policy = Read("""
            version: 1
            proof: { days: 3, rate: 0.02 }
            critical:
              - { name: payments, paths: [src/Pay/], proof: { ratio: 1.5, instances: 4 } }
              - { name: all, paths: [src/], proof: { days: 14, ratio: 3 } }
              - { name: docs, paths: [docs/] }
            """);
        Assert.Equal(new ProofTerms(Days: 3, Rate: 0.02), policy.ProofOf([new RepoPath("docs/a.md")]));
        Assert.Equal(new ProofTerms(3, 0.01, 14, 2, Rate: 0.02), policy.ProofOf([new RepoPath("src/B.cs"), new RepoPath("docs/a.md")]));
        Assert.Equal(new ProofTerms(1.5, 0.01, 14, 4, Rate: 0.02), policy.ProofOf([new RepoPath("src/B.cs"), new RepoPath("src/Pay/A.cs")]));
    }

    [Fact]
    public void Flags_and_objectives_are_read()
    {
        var policy = Read("""
            version: 1
            feature-flags:
              - { key: new-refunds, ramp: 0.05 }
              - { key: theme, changes: [c1f2e3d4c5b6a], when-suspect: keep, on: blue, off: grey }
            objectives: [ { service: shop, target: 0.999 } ]
            """);
        Assert.Equal(("new-refunds", 0.05, true, null, null), (policy.FeatureFlags[0].Key, policy.FeatureFlags[0].Ramp, policy.FeatureFlags[0].TurnsOff, policy.FeatureFlags[0].On, policy.FeatureFlags[0].Off));
        Assert.Equal(("theme", 1.0, false, "blue", "grey"), (policy.FeatureFlags[1].Key, policy.FeatureFlags[1].Ramp, policy.FeatureFlags[1].TurnsOff, policy.FeatureFlags[1].On, policy.FeatureFlags[1].Off));
        Assert.Equal(["c1f2e3d4c5b6a"], policy.FeatureFlags[1].Changes);
        Assert.Equal(new ServiceObjective("shop", 0.999), Assert.Single(policy.Objectives));
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
    [InlineData("version: 1\nevidence: [{name: r, require: [coverage-of-statements]}]", 2, 32, "known are statement-coverage, branch-coverage, mutation-score, trial, fuzz, concurrency-trial")]
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
    [InlineData("version: 1\nfeature-flags: [{key: a, on: x}]", 2, 17, "or both 'on' and 'off' say what")]
    [InlineData("version: 1\nfeature-flags: [{key: a}, {key: a}]", 2, 27, "taken by an earlier entry of 'feature-flags'")]
    [InlineData("version: 1\nobjectives: [{service: a, target: 1}]", 2, 35, "'target' is '1': give a number above 0.5 and up to 0.99999")]
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
    [InlineData("version: 1\nexceptions: [{rule: evidence/coverd, by: A, reason: r, until: 2026-01-01}]", 2, 21, "did you mean 'evidence/covered'?")]
    [InlineData("version: 1\nexceptions: [{rule: evidence/covered, by: A, reason: r, until: soon}]", 2, 64, "a date is written as")]
    [InlineData("version: 1\nexceptions: [{rule: evidence/covered, by: A, reason: r}]", 2, 14, "'until' is missing")]
    [InlineData("version: 1\nmay-accept: [Ada]\nexceptions: [{rule: evidence/covered, by: Eve, reason: r, until: 2026-01-01}]", 3, 43, "'Eve' may not accept a risk")]
    [InlineData("version: 1\nevidence: [{name: r, require: [trial: 0.5]}]", 2, 32, "is there or not")]
    [InlineData("version: 1\nevidence: [{name: r, require: [mutation-score: 1.5]}]", 2, 48, "a number above 0 and up to 1")]
    [InlineData("version: 1\nevidence: [{name: r, require: [trial, trial]}]", 2, 39, "taken by an earlier entry")]
    [InlineData("version: 1\nevidence: [{name: r, risks: [check-then-akt], require: [trial]}]", 2, 30, "did you mean 'check-then-act'?")]
    [InlineData("version: 1\nagents: {largest-unverified: many}", 2, 30, "give a whole number")]
    [InlineData("version: 1\nbudgets: [{name: a, paths: [x]}]", 2, 11, "'statements' is missing")]
    [InlineData("version: 1\nauthorship: {unattributed: ai}", 2, 28, "known are unknown, human")]
    [InlineData("version: 1\nagents: {allow: [claude]}\nevidence: [{name: r, agents: [copilot, cur*], require: [trial]}]", 3, 30, "'agents.allow' names none of them")]
    [InlineData("version: 1\nagents: {models: [\"claude-*\"]}\nevidence: [{name: r, models: [gpt-5], require: [trial]}]", 3, 30, "'agents.models' names none of them")]
    [InlineData("version: 1\nevidence: [{name: r, paths: [src/a/, src/b.cs], except: [src/a/, src/b.cs], require: [trial]}]", 2, 57, "leaves out every path")]
    [InlineData("version: 1\ncritical: [{name: a, paths: [x/], deny: [ai, unknown]}]\nevidence: [{name: r, critical: [a], require: [trial]}]", 3, 32, "code that 'a' denies")]
    [InlineData("version: 1\ncritical: [{name: a, paths: [y/, src/gen/api.cs]}]\ngenerated: [src/gen/]", 2, 34, "'generated' has 'src/gen/'")]
    [InlineData("version: 1\nprobation: [unknown]\nbudgets: [{name: a, paths: [x], statements: 3}]", 3, 10, "none would ever be proven")]
    [InlineData("version: 1\nagents: {largest-unverified: 400}\nevidence: []", 2, 30, "'evidence: []' asks for none")]
    [InlineData("version: 1\nauthorship: {rules: [{before: 2025-01-01, unattributed: human}, {paths: [x/], before: 2024-01-01, unattributed: unknown}]}", 2, 65, "an earlier rule says 'human'")]
    [InlineData("version: 1\nenvironments: [{name: p, paths: [src/]}, {name: t, paths: [tools/]}]\nagents: {environments: [t]}\nevidence: [{name: r, authorship: [ai], environments: [p], require: [trial]}]", 4, 54, "lets no agent write")]
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

    [Theory]
    [InlineData("agents: {allow: [\"claude*\"]}\nevidence: [{name: r, agents: [\"*opus*\", copilot], require: [trial]}]")]
    [InlineData("evidence: [{name: r, paths: [src/, lib/], except: [src/], require: [trial]}]")]
    [InlineData("critical: [{name: a, paths: [x/], deny: [ai]}]\nevidence: [{name: r, critical: [a], require: [trial]}]")]
    [InlineData("critical: [{name: a, paths: [x/], deny: [ai, unknown]}]\nevidence: [{name: r, critical: [a], require: [trial]}]\nexceptions: [{rule: deny/a, by: Ada, reason: r, until: 2026-01-01}]")]
    [InlineData("critical: [{name: a, paths: [src/]}]\ngenerated: [\"src/*.g.cs\"]")]
    [InlineData("authorship: {rules: [{paths: [x/], unattributed: human}, {before: 2024-01-01, unattributed: unknown}]}")]
    public void Parts_that_only_overlap_do_not_contradict_each_other(string yaml) => Assert.NotEmpty(Read($"version: 1\n{yaml}").Digest);

    /// <summary>The schema editors check by takes what the reader takes, key by key, and refuses what it does not know.</summary>
    [Fact]
    public void The_schema_knows_the_keys_the_reader_knows()
    {
        using var schema = JsonDocument.Parse(PolicySchema.Text);
        var root = schema.RootElement;
        Check(root, "", Names(Refused("version: 1\nzzzzzzzzzzzz: 1")));
        Check(root, "critical", Names(Refused("version: 1\ncritical: [{zzzzzzzzzzzz: 1}]")));
        Check(root, "evidence", Names(Refused("version: 1\nevidence: [{zzzzzzzzzzzz: 1}]")));
        Check(root, "exceptions", Names(Refused("version: 1\nexceptions: [{zzzzzzzzzzzz: 1}]")));
        Check(root, "budgets", Names(Refused("version: 1\nbudgets: [{zzzzzzzzzzzz: 1}]")));
        Check(root, "feature-flags", Names(Refused("version: 1\nfeature-flags: [{zzzzzzzzzzzz: 1}]")));
        Check(root, "objectives", Names(Refused("version: 1\nobjectives: [{zzzzzzzzzzzz: 1}]")));
        Check(root, "agents", Names(Refused("version: 1\nagents: {zzzzzzzzzzzz: 1}")));
        Check(root, "proof", Names(Refused("version: 1\nproof: {zzzzzzzzzzzz: 1}")));
        Check(root, "authorship", Names(Refused("version: 1\nauthorship: {zzzzzzzzzzzz: 1}")));
        var rule = root.GetProperty("properties").GetProperty("evidence").GetProperty("items").GetProperty("properties");
        Assert.Equal(RiskSignal.Rules, Enumerated(rule.GetProperty("risks").GetProperty("anyOf")[1].GetProperty("items")));
        Assert.Equal(EvidenceKind.All.Select(kind => kind.Name), Enumerated(rule.GetProperty("require").GetProperty("items").GetProperty("anyOf")[0]));

        static void Check(JsonElement root, string key, string[] known)
        {
            var at = key.Length == 0 ? root : root.GetProperty("properties").GetProperty(key);
            at = at.TryGetProperty("items", out var items) ? items : at;
            Assert.False(at.GetProperty("additionalProperties").GetBoolean());
            Assert.Equal(known.Order(StringComparer.Ordinal), at.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        }

        static string Refused(string yaml) => Assert.Throws<PolicyException>(() => Read(yaml)).Message;

        static string[] Names(string message) => message[(message.IndexOf("known are ", StringComparison.Ordinal) + "known are ".Length)..].Split(", ");

        static IEnumerable<string?> Enumerated(JsonElement element) => element.GetProperty("enum").EnumerateArray().Select(name => name.GetString());
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
