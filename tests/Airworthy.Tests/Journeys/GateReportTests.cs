using System.Text;
using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;
using Airworthy.Testing;
using Airworthy.Tests.Verification;
using Airworthy.Verification;
using Xunit;

namespace Airworthy.Tests.Journeys;

/// <summary>The gate with reports of tests and analyzers, and with the review: what fails, what is weak, what nobody saw.</summary>
public sealed class GateReportTests : IDisposable
{
    private const string Claude = "Mend it\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n";
    private const string Nothing = "version: 1\nevidence: []\n";
    private const string Reviewed = "version: 1\nevidence: [{ name: seen, require: [human-review] }]\n";

    private readonly RepositoryBuilder _shop = new();
    private readonly ReportFolder _files = new();

    public GateReportTests() => Start(Nothing);

    public void Dispose()
    {
        _shop.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_test_that_fails_fails_the_change_at_its_place()
    {
        var report = await JudgeAsync(request => request with { Tests = [JUnit("<testcase classname='tests.test_pay' name='test_new'><failure message='3 is not 4'/></testcase>")] });

        Assert.Equal(VerdictKind.Fail, report.Judgement.Kind);
        var problem = Assert.Single(report.Judgement.Problems);
        Assert.Equal(("tests/failed", "fails: 3 is not 4", "tests/test_pay.py", 7), (problem.Rule, problem.Says, problem.Path?.Value, problem.Start));
    }

    [Fact]
    public async Task A_test_that_fails_and_passes_proves_neither()
    {
        var report = await JudgeAsync(request => request with
        {
            Tests = [JUnit("<testcase classname='x' name='t'><failure/></testcase>"), _files.Write("again.xml", "<testsuite><testcase classname='x' name='t'/></testsuite>")],
        });

        Assert.Equal((VerdictKind.Insufficient, "tests/flaky"), (report.Judgement.Kind, Assert.Single(report.Judgement.Problems).Rule));
    }

    [Fact]
    public async Task Tests_that_the_change_brings_are_told_with_who_wrote_them_and_that_an_agent_tested_its_own_code()
    {
        var tests = (await JudgeAsync(request => request with
        {
            Tests = [JUnit("<testcase classname='tests.test_pay' name='test_old'/><testcase classname='tests.test_pay' name='test_new[3]'/>")],
        })).Tests;

        Assert.NotNull(tests);
        var brought = Assert.Single(tests.Changed, test => test.IsNew);
        Assert.Equal(("tests.test_pay.test_new[3]", 7, AuthorKind.Ai), (brought.Name, brought.Line, brought.Authorship.Kind));
        Assert.DoesNotContain(tests.Changed, test => test.Name.EndsWith("test_old", StringComparison.Ordinal));
        Assert.True(tests.OfTheCodesAgents);
    }

    [Fact]
    public async Task An_exception_lets_a_failed_test_rest_and_is_told()
    {
        Start("version: 1\nevidence: []\nexceptions: [{ rule: tests/failed, by: Ada, reason: known, until: 2999-01-01 }]\n");

        var report = await JudgeAsync(request => request with { Tests = [JUnit("<testcase name='t'><failure/></testcase>")] });

        Assert.Equal((VerdictKind.Pass, "known"), (report.Judgement.Kind, Assert.Single(report.Accepted).Reason));
    }

    [Fact]
    public async Task An_error_on_a_changed_line_fails_and_one_beside_it_does_not()
    {
        var onChanged = await JudgeAsync(request => request with { Sarif = [Sarif(("error", 3))] });
        var beside = await JudgeAsync(request => request with { Sarif = [Sarif(("error", 2), ("warning", 3))] });
        var known = await JudgeAsync(request => request with { Sarif = [Sarif(("error", 3))], SarifBaseline = [Sarif(("error", 1))] });

        Assert.Equal((VerdictKind.Fail, "static/error", 3), (onChanged.Judgement.Kind, onChanged.Judgement.Problems[0].Rule, onChanged.Judgement.Problems[0].Start));
        Assert.Equal((VerdictKind.Pass, "static/remark"), (beside.Judgement.Kind, Assert.Single(beside.Judgement.Problems).Rule));
        Assert.Equal(VerdictKind.Pass, known.Judgement.Kind);
        Assert.Contains("1 finding in changed files was there before", known.Remarks);
    }

    [Theory]
    [InlineData("APPROVED", "ada", "User", VerdictKind.Pass)]
    [InlineData("CHANGES_REQUESTED", "ada", "User", VerdictKind.Fail)]
    [InlineData("COMMENTED", "ada", "User", VerdictKind.Insufficient)]
    [InlineData("APPROVED", "opener", "User", VerdictKind.Insufficient)]
    [InlineData("APPROVED", "reader[bot]", "Bot", VerdictKind.Insufficient)]
    public async Task A_person_s_review_counts_and_neither_the_author_s_nor_a_machine_s(string state, string by, string type, VerdictKind verdict)
    {
        Start(Reviewed);

        Assert.Equal(verdict, (await ReviewAsync(Review(by, state, _shop.Head, type))).Judgement.Kind);
    }

    [Fact]
    public async Task A_rule_may_name_whose_review_counts()
    {
        Start("version: 1\nevidence: [{ name: seen, require: [human-review], reviewers: [\"@ada\"] }]\n");

        Assert.Equal(VerdictKind.Insufficient, (await ReviewAsync(Review("bob", "APPROVED", _shop.Head))).Judgement.Kind);
        Assert.Equal(VerdictKind.Pass, (await ReviewAsync(Review("bob", "APPROVED", _shop.Head), Review("Ada", "APPROVED", _shop.Head))).Judgement.Kind);
    }

    [Fact]
    public async Task An_approval_does_not_reach_what_changed_after_it()
    {
        Start(Reviewed);
        var seen = _shop.Head;
        _shop.Write("notes.txt", "one\n").Commit(Claude);
        Assert.DoesNotContain(
            (await ReviewAsync(Review("ada", "APPROVED", seen))).Judgement.Units, unit => unit.Changed.Unit.Path.Value == "src/pay.py" && unit.Kind != VerdictKind.Pass);

        _shop.Write("src/pay.py", Code("return of * 3")).Commit(Claude);
        Assert.Contains(
            (await ReviewAsync(Review("ada", "APPROVED", seen))).Judgement.Units, unit => unit.Changed.Unit.Path.Value == "src/pay.py" && unit.Kind == VerdictKind.Insufficient);
    }

    [Fact]
    public async Task An_approval_of_a_commit_that_is_gone_does_not_count_and_that_is_said()
    {
        Start(Reviewed);

        var report = await ReviewAsync(Review("ada", "APPROVED", new string('a', 40)));

        Assert.Equal(VerdictKind.Insufficient, report.Judgement.Kind);
        Assert.Contains("which this clone does not have", Assert.Single(report.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_word_of_a_reviewer_counts_and_the_time_to_the_first_approval_is_told()
    {
        var facts = await ReadAsync($"[{Review("ada", "CHANGES_REQUESTED", _shop.Head, at: "2026-03-02T10:00:00Z")},{Review("ada", "APPROVED", _shop.Head, at: "2026-03-02T12:30:00Z")}]");

        Assert.Equal(ReviewState.Approved, Assert.Single(facts.Decisions).State);
        Assert.Equal((TimeSpan.FromHours(3.5), 1), (facts.TimeToApproval, facts.Rounds));
    }

    private static string Code(string body) => $"def pay(of):\n    if of:\n        {body}\n    return 0\n";

    private void Start(string policy)
    {
        _shop.Write("airworthy.yml", policy).Write("src/pay.py", Code("return of")).Write("tests/test_pay.py", "from pay import pay\n\ndef test_old():\n    assert pay(0) == 0\n").Commit("Start");
        _shop.Write("src/pay.py", Code("return of * 2")).Write("tests/test_pay.py", "from pay import pay\n\ndef test_old():\n    assert pay(0) == 0\n\n\ndef test_new(of):\n    assert pay(of)\n").Commit(Claude);
    }

    private ReportFile JUnit(string cases) => _files.Write("junit.xml", Encoding.UTF8.GetBytes($"<testsuite>{cases}</testsuite>"));

    private ReportFile Sarif(params (string Level, int Line)[] results) => _files.Write(
        $"{string.Join('-', results)}.sarif",
        $"{{\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{{\"name\":\"t\"}}}},\"results\":[{string.Join(',', results.Select(one =>
            $"{{\"ruleId\":\"r\",\"level\":\"{one.Level}\",\"message\":{{\"text\":\"odd\"}},\"locations\":[{{\"physicalLocation\":{{\"artifactLocation\":{{\"uri\":\"src/pay.py\"}},\"region\":{{\"startLine\":{one.Line}}}}}}}]}}"))}]}}]}}");

    private static string Review(string by, string state, string commit, string type = "User", string at = "2026-03-02T10:00:00Z") =>
        $"{{\"user\":{{\"login\":\"{by}\",\"type\":\"{type}\"}},\"state\":\"{state}\",\"commit_id\":\"{commit}\",\"submitted_at\":\"{at}\"}}";

    private static async Task<ReviewFacts> ReadAsync(string reviews)
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes($"{{\"pull\":{{\"number\":7,\"user\":{{\"login\":\"opener\"}},\"created_at\":\"2026-03-02T09:00:00Z\"}},\"reviews\":{reviews}}}"));
        return await ReviewJson.ReadAsync(json, "review", TestContext.Current.CancellationToken);
    }

    private async Task<GateReport> ReviewAsync(params string[] reviews)
    {
        var review = await ReadAsync($"[{string.Join(',', reviews)}]");
        return await JudgeAsync(request => request with { Review = review });
    }

    private async Task<GateReport> JudgeAsync(Func<GateRequest, GateRequest> with)
    {
        await using var repository = await GitRepository.OpenAsync(_shop.Folder, TestContext.Current.CancellationToken);
        var start = _shop.Git("log", "--format=%H", "--grep=^Start$").Split('\n')[0];
        return await new Gate(repository).JudgeAsync(with(new GateRequest(start, "HEAD")), TestContext.Current.CancellationToken);
    }
}
