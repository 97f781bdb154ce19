using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Testing;
using Airworthy.Tests.Verification;
using Airworthy.Verification;
using Xunit;

namespace Airworthy.Tests.Journeys;

/// <summary>The gate with coverage reports: what ran, what did not, and what nobody measured.</summary>
public sealed class GateCoverageTests : IDisposable
{
    private const string Claude = "Mend it\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n";

    private const string Before = "def split(sum, parts):\n    return sum / parts\n\n\ndef join(parts):\n    return sum(parts)\n";

    private const string After = "def split(sum, parts):\n    if parts == 0:\n        return 0\n    return sum / parts\n\n\ndef join(parts):\n    return sum(parts)\n";

    private readonly RepositoryBuilder _shop = new();
    private readonly ReportFolder _reports = new();

    public GateCoverageTests()
    {
        _shop.Write("src/refunds.py", Before).Write("src/other.py", "x = 1\n").Commit("Start");
        _shop.Write("src/refunds.py", After).Commit(Claude);
    }

    public void Dispose()
    {
        _shop.Dispose();
        _reports.Dispose();
    }

    [Fact]
    public async Task Statements_that_tests_executed_pass()
    {
        var report = await JudgeAsync(Lcov("src/refunds.py", (2, 1), (3, 1), (4, 1), (8, 0)));

        Assert.Equal(VerdictKind.Pass, report.Judgement.Kind);
        Assert.Equal(new StatementTally(Ai: 2, Unknown: 0, Human: 0, Covered: 2), report.Statements);
        var evidence = Assert.Single(Assert.Single(report.Judgement.Units).Changed.Evidence);
        Assert.Equal(("statement-coverage", "lcov:lcov.info", 2L, 0L), (evidence.Kind, evidence.Source, evidence.Count, evidence.Bad));
    }

    [Fact]
    public async Task A_changed_statement_that_no_test_executed_fails()
    {
        var report = await JudgeAsync(Lcov("src/refunds.py", (2, 1), (3, 0), (4, 1)));

        Assert.Equal(VerdictKind.Fail, report.Judgement.Kind);
        var fall = Assert.Single(Assert.Single(report.Judgement.Units).Short);
        Assert.Equal((2L, 1L), (fall.Evidence.Count, fall.Evidence.Bad));
        Assert.Equal([3], Assert.Single(report.Judgement.Units).Changed.NotExecuted);
    }

    [Fact]
    public async Task CSharp_that_only_declares_is_not_asked_for_coverage_no_report_could_tell()
    {
        _shop.Write("src/Mode.cs", "/// <summary>Modes.</summary>\n[Flags]\npublic enum Mode\n{\n    /// <summary>One.</summary>\n    One = 1,\n}\n")
            .Write("src/IMode.cs", "public interface IMode\n{\n    Mode Mode { get; }\n\n    void Set(Mode mode);\n}\n")
            .Write("src/Names.cs", "public abstract class Names\n{\n    public const string One = \"one\";\n\n    public abstract string Of(Mode mode);\n}\n")
            .Commit(Claude);

        var declared = await JudgeAsync("HEAD~1", Lcov("src/refunds.py", (2, 1)));

        Assert.Equal(VerdictKind.Pass, declared.Judgement.Kind);
        Assert.Empty(declared.Unmeasured);

        _shop.Write("src/Names.cs", "public class Names\n{\n    public static readonly string One = Mode.One.ToString();\n}\n").Commit(Claude);
        Assert.Equal(VerdictKind.Insufficient, (await JudgeAsync("HEAD~1", Lcov("src/refunds.py", (2, 1)))).Judgement.Kind);
    }

    [Fact]
    public async Task A_changed_file_that_the_report_does_not_name_is_unmeasured_and_never_covered()
    {
        var report = await JudgeAsync(Lcov("src/other.py", (1, 1)));

        Assert.Equal(VerdictKind.Insufficient, report.Judgement.Kind);
        Assert.Equal(("src/refunds.py", "no coverage report names it"), (report.Unmeasured[0].Path.Value, report.Unmeasured[0].Why));
        Assert.Equal(0, report.Statements.Total);
    }

    [Fact]
    public async Task A_function_of_which_the_report_lists_nothing_is_unmeasured_though_its_file_is_named() =>
        Assert.Equal(VerdictKind.Insufficient, (await JudgeAsync(Lcov("src/refunds.py", (8, 1)))).Judgement.Kind);

    [Fact]
    public async Task A_change_of_lines_that_hold_no_statement_of_a_measured_function_is_asked_for_nothing()
    {
        _shop.Write("src/refunds.py", After.Replace("def split(sum, parts):", "def split(sum, parts, why=None):", StringComparison.Ordinal)).Commit(Claude);

        var report = await JudgeAsync("HEAD~1", Lcov("src/refunds.py", (2, 0), (3, 0), (4, 0)));

        Assert.Equal(VerdictKind.Pass, report.Judgement.Kind);
        Assert.Contains(EvidenceKind.StatementCoverage, Assert.Single(report.Judgement.Units).Changed.Moot);
    }

    [Fact]
    public async Task Where_lines_were_only_taken_away_the_statements_beside_them_must_run()
    {
        _shop.Write("src/refunds.py", Before).Commit(Claude);

        Assert.Equal(VerdictKind.Fail, (await JudgeAsync("HEAD~1", Lcov("src/refunds.py", (2, 0), (6, 1)))).Judgement.Kind);
        Assert.Equal(VerdictKind.Pass, (await JudgeAsync("HEAD~1", Lcov("src/refunds.py", (2, 1), (6, 0)))).Judgement.Kind);
    }

    [Fact]
    public async Task A_person_s_untested_line_beside_an_agent_s_is_not_asked_of_the_agent()
    {
        _shop.Write("airworthy.yml", "version: 1\nauthorship: { unattributed: human }\n").Commit("Policy");
        _shop.Write("src/refunds.py", After.Replace("return 0\n", "return 0.0\n", StringComparison.Ordinal)).Commit("By hand");
        _shop.Write("src/refunds.py", After.Replace("return 0\n", "return 0.0\n", StringComparison.Ordinal).Replace("sum / parts", "sum / max(1, parts)", StringComparison.Ordinal)).Commit(Claude);

        var report = await JudgeAsync("HEAD~2", Lcov("src/refunds.py", (2, 1), (3, 0), (4, 1)));

        Assert.Equal(VerdictKind.Pass, report.Judgement.Kind);
        Assert.Equal(new StatementTally(Ai: 1, Unknown: 0, Human: 1, Covered: 1), report.Statements);
    }

    [Fact]
    public async Task A_report_of_an_earlier_revision_is_read_at_the_lines_it_knew()
    {
        _shop.Write("src/refunds.py", "# a note\n# and more\n" + After).Commit(Claude);

        var told = await JudgeAsync("HEAD~2", Lcov("src/refunds.py", (2, 1), (3, 0), (4, 1)), testedAt: "HEAD~1");
        var untold = await JudgeAsync("HEAD~2", Lcov("src/refunds.py", (2, 1), (3, 0), (4, 1)));

        Assert.Equal((2, 1), (told.Statements.Total, told.Statements.Covered));
        Assert.NotEqual(told.Statements, untold.Statements);
    }

    [Fact]
    public async Task An_uncommitted_edit_above_does_not_shift_what_was_measured()
    {
        _shop.Write("src/refunds.py", "import os\nimport sys\n\n" + After);

        var report = await JudgeAsync(Lcov("src/refunds.py", (1, 1), (2, 1), (5, 1), (6, 0), (7, 1)));

        Assert.Equal((2, 1), (report.Statements.Total, report.Statements.Covered));
        Assert.Contains("uncommitted", Assert.Single(report.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_knows_lines_the_file_does_not_have_is_of_another_revision_and_refused()
    {
        var refused = await Assert.ThrowsAsync<EvidenceException>(() => JudgeAsync(Lcov("src/refunds.py", (2, 1), (3, 1), (40, 1))));
        Assert.Equal(
            "lcov.info speaks of line 40 of src/refunds.py, which has 8 lines: it was made of another revision; run the tests again, or name that revision with '--tested-at'",
            refused.Message);

        _shop.Write("src/refunds.py", After + new string('\n', 40));
        Assert.Equal(VerdictKind.Pass, (await JudgeAsync(Lcov("src/refunds.py", (2, 1), (3, 1), (40, 1)))).Judgement.Kind);
    }

    [Fact]
    public async Task A_report_of_another_repository_is_told()
    {
        var report = await JudgeAsync(Lcov("/elsewhere/lib/thing.py", (1, 1)));

        Assert.Contains("names no file of this repository", Assert.Single(report.Remarks), StringComparison.Ordinal);
        Assert.Equal(VerdictKind.Insufficient, report.Judgement.Kind);
    }

    [Fact]
    public async Task Nothing_is_asked_of_a_file_that_a_program_writes()
    {
        _shop.Write("src/api_pb2.py", "x = 1\n").Commit(Claude);

        var report = await JudgeAsync("HEAD~1", Lcov("src/other.py", (1, 1)));

        Assert.Equal((VerdictKind.Pass, "generated"), (report.Judgement.Kind, Assert.Single(report.Unmeasured).Why));
    }

    private static string Lcov(string path, params (int Line, int Hits)[] lines) =>
        $"SF:{path}\n{string.Concat(lines.Select(line => $"DA:{line.Line},{line.Hits}\n"))}end_of_record\n";

    private Task<GateReport> JudgeAsync(string lcov) => JudgeAsync("HEAD~1", lcov);

    private async Task<GateReport> JudgeAsync(string @base, string lcov, string? testedAt = null)
    {
        await using var repository = await GitRepository.OpenAsync(_shop.Folder, TestContext.Current.CancellationToken);
        return await new Gate(repository).JudgeAsync(
            new GateRequest(@base, "HEAD") { Coverage = [_reports.Write("lcov.info", lcov)], TestedAt = testedAt }, TestContext.Current.CancellationToken);
    }
}
