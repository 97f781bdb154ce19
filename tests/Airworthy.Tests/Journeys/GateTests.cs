using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Journeys;

public sealed class GateTests : IDisposable
{
    private const string Claude = "Mend it\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n";

    private const string Refunds = """
        namespace Shop;

        public class Refunds
        {
            public decimal Split(decimal sum, int parts)
            {
                return sum / parts;
            }
        }

        """;

    private readonly RepositoryBuilder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task An_agents_lines_without_evidence_are_insufficient()
    {
        var @base = Base();
        _shop.Write("src/Refunds.cs", Refunds.Replace("sum / parts", "sum / Math.Max(1, parts)", StringComparison.Ordinal)).Commit(Claude);

        var report = await JudgeAsync(@base);

        Assert.Equal(VerdictKind.Insufficient, report.Judgement.Kind);
        Assert.Equal(new LineTally(Ai: 1, Human: 0, Unknown: 0), report.Lines);
        var unit = Assert.Single(report.Judgement.Units);
        Assert.Equal("src/Refunds.cs", unit.Changed.Unit.Path.Value);
        Assert.Equal("M:Shop.Refunds.Split(System.Decimal,System.Int32)", unit.Changed.Unit.Symbol);
        Assert.Contains("claude-code", unit.Changed.Authorship.Agents.Select(agent => agent.Name));
        Assert.Equal([EvidenceKind.StatementCoverage], unit.Missing);
    }

    [Fact]
    public async Task A_swallowed_error_is_insufficient_where_observability_is_asked_and_a_told_one_passes()
    {
        _shop.Write("airworthy.yml", "version: 1\nevidence:\n  - name: seen\n    require: [observability]\n");
        var @base = Base();
        _shop.Write("src/Refunds.cs", Refunds.Replace("return sum / parts;", "try { return sum / parts; } catch (DivideByZeroException) { return 0; }", StringComparison.Ordinal)).Commit(Claude);
        var silent = await JudgeAsync(@base);
        Assert.Equal(VerdictKind.Insufficient, silent.Judgement.Kind);
        Assert.Equal([EvidenceKind.Observability], Assert.Single(silent.Judgement.Units).Missing);

        _shop.Write("src/Refunds.cs", Refunds.Replace("return sum / parts;", "try { return sum / parts; } catch (DivideByZeroException e) { _log.LogError(e, \"no parts\"); return 0; }", StringComparison.Ordinal)).Commit(Claude);
        Assert.Equal(VerdictKind.Pass, (await JudgeAsync(@base)).Judgement.Kind);
    }

    [Fact]
    public async Task Observability_of_a_language_that_is_not_read_is_not_known()
    {
        _shop.Write("airworthy.yml", "version: 1\nevidence:\n  - name: seen\n    require: [observability]\n");
        var @base = Base();
        _shop.Write("src/refunds.py", "def split(sum, parts):\n    return sum / parts\n").Commit(Claude);
        Assert.Equal(VerdictKind.Insufficient, (await JudgeAsync(@base)).Judgement.Kind);
    }

    [Fact]
    public async Task What_changed_outside_of_functions_is_one_unit_of_the_file_and_comes_after_them()
    {
        var @base = Base();
        _shop.Write("src/Refunds.cs", Refunds
            .Replace("namespace Shop;", "using System.Text;\n\nnamespace Shop;", StringComparison.Ordinal)
            .Replace("public class Refunds\n{", "public class Refunds\n{\n    private const int Most = 3, Least = 1, Usual = 2;\n", StringComparison.Ordinal)
            .Replace("sum / parts", "sum / Math.Max(1, parts)", StringComparison.Ordinal)
            + "// more\npublic record Part(decimal Sum);\n").Commit(Claude);

        var units = (await JudgeAsync(@base)).Judgement.Units.Select(unit => unit.Changed).ToArray();

        Assert.Equal(["Refunds.Split(decimal, int)", "Refunds.cs, outside of functions"], units.Select(unit => unit.Unit.Name));
        Assert.True(units[1].OutsideFunctions);
        Assert.True(units[1].Lines.Total > units[0].Lines.Total);
    }

    [Fact]
    public async Task Lines_of_an_agent_and_of_nobody_known_are_counted_apart()
    {
        var @base = Base();
        _shop.Write("src/a.cs", "class A { int X = 1; }\n").Commit("By hand");
        _shop.Write("src/b.cs", "class B { int X = 1; }\nclass C { }\n").Commit(Claude);

        Assert.Equal(new LineTally(Ai: 2, Human: 0, Unknown: 1), (await JudgeAsync(@base)).Lines);
    }

    [Fact]
    public async Task What_landed_on_the_base_since_is_no_part_of_the_change()
    {
        Base();
        _shop.Branch("topic").Write("src/a.cs", "class A { int X = 1; }\n").Commit("Topic");
        _shop.Checkout("main").Write("src/b.cs", "class B { }\n").Commit(Claude);

        var report = await JudgeAsync("main", "topic");

        Assert.Equal(["src/a.cs"], report.Judgement.Units.Select(unit => unit.Changed.Unit.Path.Value));
        Assert.Equal(0, report.Lines.Ai);
        Assert.NotEqual(report.Base, report.MergeBase);
    }

    [Fact]
    public async Task Nothing_changed_passes()
    {
        var report = await JudgeAsync(Base());

        Assert.Equal(VerdictKind.Pass, report.Judgement.Kind);
        Assert.Equal(0, report.Files);
    }

    [Fact]
    public async Task A_text_that_does_not_run_is_asked_for_nothing()
    {
        var @base = Base();
        _shop.Write("README.md", "# Shop\n").Commit(Claude);

        Assert.Equal(VerdictKind.Pass, (await JudgeAsync(@base)).Judgement.Kind);
    }

    [Fact]
    public async Task Comments_and_empty_lines_outside_of_code_are_asked_for_nothing()
    {
        var @base = Base();
        _shop.Write("src/util.py", "# a note\n\nimport os\n").Commit(Claude);

        Assert.Equal(VerdictKind.Pass, (await JudgeAsync(@base)).Judgement.Kind);
    }

    [Fact]
    public async Task The_base_s_policy_rules_over_a_change_that_edits_it()
    {
        _shop.Write("airworthy.yml", "version: 1\ncritical: [{name: payments, paths: [src/Refunds.cs], deny: [ai]}]\nevidence: []\n");
        var @base = Base();
        _shop.Write("airworthy.yml", "version: 1\nevidence: []\n").Write("src/Refunds.cs", Refunds + "// more\n").Commit(Claude);

        var report = await JudgeAsync(@base);

        Assert.Equal(VerdictKind.Fail, report.Judgement.Kind);
        Assert.True(report.PolicyEdited);
        Assert.Equal(64, report.Verdict.PolicyDigest.Length);
        Assert.Contains("deny/payments", Assert.Single(report.Verdict.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_comes_with_the_change_does_not_rule_it()
    {
        var @base = Base();
        _shop.Write("airworthy.yml", "version: 1\nevidence: []\n").Write("src/a.py", "x = 1\n").Commit(Claude);

        var report = await JudgeAsync(@base);

        Assert.Equal(VerdictKind.Insufficient, report.Judgement.Kind);
        Assert.Equal("default", report.Policy.Digest);
    }

    [Fact]
    public async Task A_mistake_in_the_base_s_policy_is_told_with_its_place()
    {
        _shop.Write("airworthy.yml", "version: 1\ncritcal: []\n");
        var @base = Base();

        var wrong = await Assert.ThrowsAsync<PolicyException>(() => JudgeAsync(@base));

        Assert.Matches("^airworthy.yml@[0-9a-f]{12}:2:1: .*did you mean 'critical'", wrong.Message);
    }

    [Fact]
    public async Task Unmarked_commits_are_a_person_s_where_the_policy_vouches_for_it()
    {
        _shop.Write("airworthy.yml", "version: 1\nauthorship: {unattributed: human}\n");
        var @base = Base();
        _shop.Write("src/a.py", "x = 1\n").Commit("By hand");
        _shop.Write("src/b.py", "x = 1\n").Commit(Claude);

        Assert.Equal(new LineTally(Ai: 1, Human: 1, Unknown: 0), (await JudgeAsync(@base)).Lines);
    }

    [Fact]
    public async Task Lines_taken_away_are_a_change_by_who_took_them()
    {
        var @base = Base();
        _shop.Write("src/Refunds.cs", Refunds.Replace("        return sum / parts;\n", "", StringComparison.Ordinal)).Commit(Claude);

        var unit = Assert.Single((await JudgeAsync(@base)).Judgement.Units);

        Assert.True(unit.Changed.RemovedOnly);
        Assert.Equal(AuthorKind.Ai, unit.Changed.Authorship.Kind);
    }

    [Fact]
    public async Task A_deleted_file_in_an_area_that_denies_it_fails()
    {
        _shop.Write("airworthy.yml", "version: 1\ncritical: [{name: payments, paths: [src/], deny: [ai]}]\n");
        var @base = Base();
        _shop.Delete("src/Refunds.cs").Commit(Claude);

        Assert.Equal(VerdictKind.Fail, (await JudgeAsync(@base)).Judgement.Kind);
    }

    [Fact]
    public async Task A_renamed_file_has_changed_no_line()
    {
        var @base = Base();
        _shop.Move("src/Refunds.cs", "src/Splits.cs").Commit(Claude);

        var report = await JudgeAsync(@base);

        Assert.Equal((1, 0, VerdictKind.Pass), (report.Files, report.Lines.Total, report.Judgement.Kind));
    }

    [Fact]
    public async Task A_function_that_moved_as_a_whole_is_asked_for_nothing_and_one_whose_lines_changed_places_is()
    {
        using var shop = new RepositoryBuilder();
        const string Whole = "    public static int Answer(int of)\n    {\n        Validate(of);\n        return Save(of) * 12345;\n    }\n";
        const string Other = "    public static int Other(int of)\n    {\n        ThisIsTheFirstOfTwoCalls(of);\n        ThisIsTheSecondOfTwoCalls(of);\n        return 1;\n    }\n";
        shop.Write("a.cs", $"class A\n{{\n{Whole}\n{Other}}}\n").Write("b.cs", "class B\n{\n}\n").Commit("Start");
        shop.Write("a.cs", $"class A\n{{\n{Other.Replace("        ThisIsTheFirstOfTwoCalls(of);\n        ThisIsTheSecondOfTwoCalls(of);\n", "        ThisIsTheSecondOfTwoCalls(of);\n        ThisIsTheFirstOfTwoCalls(of);\n", StringComparison.Ordinal)}}}\n")
            .Write("b.cs", $"class B\n{{\n{Whole}}}\n").Commit("Move\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n");
        await using var repository = await GitRepository.OpenAsync(shop.Folder, TestContext.Current.CancellationToken);

        var units = (await new Gate(repository).JudgeAsync("HEAD~1", "HEAD", TestContext.Current.CancellationToken)).Judgement.Units;

        var whole = units.Single(unit => unit.Changed.Unit.Name.Contains("Answer", StringComparison.Ordinal));
        Assert.Equal((VerdictKind.Pass, 5), (whole.Kind, whole.Changed.Moved));
        Assert.Equal(VerdictKind.Insufficient, units.Single(unit => unit.Changed.Unit.Name.Contains("Other", StringComparison.Ordinal)).Kind);
    }

    [Fact]
    public async Task A_binary_file_is_told_as_not_measured()
    {
        var @base = Base();
        _shop.Write("logo.png", [0x89, 0x50, 0x00, 0x01]).Commit(Claude);

        Assert.Equal([new UnmeasuredFile(new RepoPath("logo.png"), "binary")], (await JudgeAsync(@base)).Unmeasured);
    }

    [Fact]
    public async Task Unrelated_histories_are_refused()
    {
        Base();
        _shop.Git("checkout", "--orphan", "other");
        _shop.Write("b.cs", "class B { }\n").Commit("Another start");

        Assert.Contains("share no history", (await Assert.ThrowsAsync<GateException>(() => JudgeAsync("main", "other"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_revision_is_a_usage_error()
    {
        Base();

        Assert.Equal(Fault.Usage, (await Assert.ThrowsAsync<GitException>(() => JudgeAsync("no-such-branch"))).Fault);
    }

    [Fact]
    public async Task A_shallow_clone_that_cuts_the_way_to_the_merge_base_is_refused_with_the_command_to_deepen()
    {
        using var clone = Diverged("--depth=1", "--no-single-branch");

        var wrong = await Assert.ThrowsAsync<GateException>(() => JudgeAsync("origin/main", "origin/topic", clone));

        Assert.Equal(Fault.BadInput, wrong.Fault);
        Assert.Contains("git fetch --unshallow", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shallow_clone_that_holds_the_way_to_the_merge_base_is_judged_as_a_full_one()
    {
        using var clone = Diverged("--depth=3", "--no-single-branch");

        var report = await JudgeAsync("origin/main", "origin/topic", clone);

        Assert.Equal(_shop.Git("merge-base", "main", "topic").Trim(), report.MergeBase.Hex);
    }

    private string Base()
    {
        _shop.Write("src/Refunds.cs", Refunds);
        return _shop.Commit("Start");
    }

    /// <summary>A clone of a repository in which main and topic each went one commit on from their common one, which has two before it.</summary>
    private RepositoryBuilder Diverged(params string[] options)
    {
        Base();
        _shop.Write("a.txt", "1\n").Commit("Second");
        _shop.Write("a.txt", "2\n").Commit("Third");
        _shop.Branch("topic").Write("src/a.py", "x = 1\n").Commit("Topic");
        _shop.Checkout("main").Write("b.txt", "1\n").Commit("Main goes on");
        return _shop.Clone(options);
    }

    private async Task<GateReport> JudgeAsync(string @base, string head = "HEAD", RepositoryBuilder? repository = null)
    {
        await using var git = await GitRepository.OpenAsync((repository ?? _shop).Folder, TestContext.Current.CancellationToken);
        var gate = new Gate(git);
        return await gate.JudgeAsync(@base, head, TestContext.Current.CancellationToken);
    }
}
