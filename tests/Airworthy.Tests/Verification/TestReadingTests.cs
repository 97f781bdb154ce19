using System.Text;
using Airworthy.Verification;
using Airworthy.Verification.Outcomes;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Verification;

/// <summary>Test reports as real producers write them: node 20, vitest, pytest 7 and xunit 4 were run on code of this repository's own.</summary>
public sealed class TestReadingTests : IDisposable
{
    private readonly ReportFolder _reports = new();

    public void Dispose() => _reports.Dispose();

    [Theory]
    [InlineData("vitest.junit.xml", "junit", 2, 1, 1, "split.test.js", "split > fails by & <design>", "expected 3 to be 4 // Object.is equality")]
    [InlineData("node.junit.xml", "junit", 1, 1, 0, "test", "node fails", "2 == 3")]
    [InlineData("pytest.junit.xml", "junit", 2, 1, 1, "test_split.TestOdd", "test_fails", "assert 3.0 == 4")]
    [InlineData("xunit.junit.xml", "junit", 2, 1, 1, "Shop.Tests.PayTests", "Divides_any(sum: 9)", null)]
    [InlineData("xunit.trx", "trx", 2, 1, 1, "Shop.Tests.PayTests", "Divides_any(sum: 9)", null)]
    [InlineData("xunit.ctrf.json", "ctrf", 2, 1, 1, "Shop.Tests.PayTests", "Divides_any(sum: 9)", null)]
    public void Reports_of_real_producers_tell_what_passed_failed_and_did_not_run(
        string report, string format, int passed, int failed, int skipped, string suite, string name, string? says)
    {
        var reading = new TestReading();
        reading.Add(new ReportFile(Path.Combine(AppContext.BaseDirectory, "Verification", "Reports", report), report));

        Assert.Equal(format, Assert.Single(reading.Reports).Format);
        Assert.Equal(
            (passed, failed, skipped),
            (Count(reading, TestOutcome.Passed), Count(reading, TestOutcome.Failed), Count(reading, TestOutcome.Skipped)));
        var fallen = Assert.Single(reading.Tests, test => test.Outcome == TestOutcome.Failed);
        Assert.Equal((suite, name), (fallen.Suite, fallen.Name));
        Assert.Equal(says ?? fallen.Says, fallen.Says);
        Assert.NotEmpty(fallen.Says);
        Assert.Equal(report, fallen.Source);
    }

    [Fact]
    public void The_same_test_in_trx_and_ctrf_is_one() =>
        Assert.Equal(4, Read(Real("xunit.trx"), Real("xunit.ctrf.json"), Real("xunit.junit.xml")).Tests.Count);

    [Fact]
    public void A_test_that_fails_in_one_attempt_and_passes_in_another_is_flaky()
    {
        var reading = Read(JUnit("first.xml", "<testcase classname='A' name='t'><failure message='no'/></testcase>"), JUnit("second.xml", "<testcase classname='A' name='t'/>"));

        Assert.Equal((TestOutcome.Flaky, "no", "first.xml, second.xml"), Only(reading));
    }

    [Fact]
    public void Surefires_reruns_tell_flaky_from_failed()
    {
        var reading = Read(JUnit(
            "TEST-A.xml",
            """
            <testcase classname='A' name='late'><flakyFailure message='first time' type='x'><stackTrace>…</stackTrace></flakyFailure></testcase>
            <testcase classname='A' name='never'><failure message='each time'/><rerunFailure message='again'/></testcase>
            """));

        Assert.Equal(
            [("late", TestOutcome.Flaky, "first time"), ("never", TestOutcome.Failed, "each time")],
            reading.Tests.Select(test => (test.Name, test.Outcome, test.Says)));
    }

    [Fact]
    public void Rows_of_one_name_are_several_tests_and_one_that_fails_is_not_made_good_by_the_others() =>
        Assert.Equal(TestOutcome.Failed, Only(Read(JUnit("a.xml", "<testcase name='t'/><testcase name='t'><error/></testcase><testcase name='t'/>"))).Outcome);

    [Fact]
    public void A_test_of_ctrf_that_was_tried_again_is_flaky()
    {
        const string Ctrf = """{"results":{"tool":{"name":"x"},"tests":[{"name":"a","status":"passed","retries":1,"flaky":true},{"name":"b","status":"passed","retryAttempts":[{"attempt":1,"status":"failed"}]},{"name":"c","status":"other"}]}}""";

        Assert.Equal(
            [TestOutcome.Flaky, TestOutcome.Flaky, TestOutcome.Skipped], Read(_reports.Write("ctrf.json", Ctrf)).Tests.Select(test => test.Outcome));
    }

    [Theory]
    [InlineData("<coverage/>", "is no test report that is known; known are junit, trx, ctrf")]
    [InlineData("<testsuites><testcase", "is not well-formed XML at line 1")]
    [InlineData("<!DOCTYPE t [<!ENTITY a \"b\">]><testsuites><testcase name='&a;'/></testsuites>", "uses an entity of its own")]
    [InlineData("{\"results\":{\"tool\":{},\"tests\":[{\"status\":\"passed\"}]}}", "is not of the shape its format promises")]
    [InlineData("{\"results\":{\"tool\":{},\"tests\":[", "is not well-formed JSON")]
    public void What_is_no_test_report_is_refused_in_a_sentence(string content, string says) =>
        Assert.Contains(says, Assert.Throws<EvidenceException>(() => Read(_reports.Write("r", content))).Message, StringComparison.Ordinal);

    [Fact]
    public void No_damage_to_a_report_makes_it_fall() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4000], Gen.Byte.Array[0, 30]).Sample(
            (which, at, bytes) =>
            {
                var content = File.ReadAllBytes(Real(new[] { "xunit.trx", "xunit.ctrf.json", "pytest.junit.xml", "vitest.junit.xml" }[which]).Path);
                byte[] damaged = [.. content[..Math.Min(at, content.Length)], .. bytes, .. content[Math.Min(at + bytes.Length, content.Length)..]];
                try
                {
                    Read(_reports.Write("damaged", damaged));
                }
                catch (EvidenceException)
                {
                }
            },
            iter: 300,
            threads: 1);

    private static int Count(TestReading reading, TestOutcome outcome) => reading.Tests.Count(test => test.Outcome == outcome);

    private static (TestOutcome Outcome, string Says, string Source) Only(TestReading reading) =>
        Assert.Single(reading.Tests) is var test ? (test.Outcome, test.Says, test.Source) : default;

    private static ReportFile Real(string name) => new(Path.Combine(AppContext.BaseDirectory, "Verification", "Reports", name), name);

    private ReportFile JUnit(string name, string cases) => _reports.Write(name, Encoding.UTF8.GetBytes($"<testsuite name='s'>{cases}</testsuite>"));

    private static TestReading Read(params ReportFile[] files)
    {
        var reading = new TestReading();
        foreach (var file in files)
        {
            reading.Add(file);
        }

        return reading;
    }
}
