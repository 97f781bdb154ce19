using Airworthy.Model;
using Airworthy.Verification;
using Airworthy.Verification.Findings;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Verification;

/// <summary>SARIF as ESLint and the C# compiler write it, and what the standard allows beyond.</summary>
public sealed class FindingReadingTests : IDisposable
{
    private static readonly RepoPath s_split = new("web/split.js");

    private readonly ReportFolder _reports = new();

    public void Dispose() => _reports.Dispose();

    [Fact]
    public void ESLints_findings_are_placed_in_the_repository()
    {
        var reading = Reading("web/split.js");
        reading.Add(Real("eslint.sarif"));

        Assert.Equal(
            [("ESLint", "no-unused-vars", FindingLevel.Warning, 6), ("ESLint", "eqeqeq", FindingLevel.Warning, 6), ("ESLint", "no-eval", FindingLevel.Error, 7)],
            reading.Findings.Select(finding => (finding.Tool, finding.Rule, finding.Level, finding.Start)));
        Assert.All(reading.Findings, finding => Assert.Equal(s_split, finding.Path));
    }

    [Fact]
    public void What_the_compiler_says_was_suppressed_is_no_finding()
    {
        var reading = Reading("tests/PayTests.cs");
        reading.Add(Real("roslyn.sarif"));

        Assert.Contains(reading.Findings, finding => finding.Rule == "CS0168");
        Assert.DoesNotContain(reading.Findings, finding => finding.Rule == "CA1515");
    }

    [Fact]
    public void What_the_base_had_is_known_once_for_each_time_it_had_it()
    {
        var reading = Reading("web/split.js");
        reading.AddBaseline(Log(Result("r", 1)));
        reading.Add(Log($"{Result("r", 9)},{Result("r", 12)}"));

        Assert.Equal((1, 12), (reading.Known, Assert.Single(reading.Findings).Start));
    }

    [Fact]
    public void A_fingerprint_tells_that_a_finding_is_the_old_one_though_its_message_changed()
    {
        var reading = Reading("web/split.js");
        reading.AddBaseline(Log(Result("r", 1, message: "was 3", more: ",\"partialFingerprints\":{\"line/v1\":\"abc\"}")));
        reading.Add(Log(Result("r", 9, message: "is 4", more: ",\"partialFingerprints\":{\"line/v1\":\"abc\"}")));

        Assert.Equal((1, 0), (reading.Known, reading.Findings.Count));
    }

    [Theory]
    [InlineData(",\"baselineState\":\"unchanged\"", 1, 0)]
    [InlineData(",\"baselineState\":\"new\"", 0, 1)]
    [InlineData(",\"kind\":\"pass\"", 0, 0)]
    [InlineData(",\"level\":\"none\"", 0, 0)]
    [InlineData(",\"suppressions\":[{\"kind\":\"inSource\"}]", 0, 0)]
    [InlineData(",\"suppressions\":[{\"kind\":\"external\",\"status\":\"rejected\"}]", 0, 1)]
    public void What_the_log_itself_says_of_a_result_is_heeded(string more, int known, int findings)
    {
        var reading = Reading("web/split.js");
        reading.Add(Log(Result("r", 3, more: more)));

        Assert.Equal((known, findings), (reading.Known, reading.Findings.Count));
    }

    [Fact]
    public void A_level_a_message_and_a_file_may_stand_where_the_result_only_points_to()
    {
        var reading = Reading("web/split.js");
        reading.Add(_reports.Write("a.sarif", """
            {"version":"2.1.0","runs":[{
              "tool":{"driver":{"name":"t","rules":[{"id":"R","defaultConfiguration":{"level":"error"},"messageStrings":{"m":{"text":"{0} is {1}"}}}]}},
              "originalUriBaseIds":{"SRC":{"uri":"file:///c:/agent/1/"}},
              "artifacts":[{"location":{"uri":"web/split.js","uriBaseId":"SRC"}}],
              "results":[{"ruleId":"R/2","message":{"id":"m","arguments":["a","odd"]},"locations":[{"physicalLocation":{"artifactLocation":{"index":0},"region":{"startLine":4,"endLine":5}}}]}]}]}
            """));

        var finding = Assert.Single(reading.Findings);
        Assert.Equal((FindingLevel.Error, "a is odd", s_split, 4, 5), (finding.Level, finding.Says, finding.Path, finding.Start, finding.End));
    }

    [Fact]
    public void A_finding_without_a_line_is_counted_and_not_held_against_a_change()
    {
        var reading = Reading("web/split.js");
        reading.Add(Log("{\"ruleId\":\"r\",\"message\":{\"text\":\"x\"}}"));

        Assert.Equal((1, 0), (reading.Placeless, reading.Findings.Count));
    }

    [Theory]
    [InlineData("<a/>", "is no SARIF log")]
    [InlineData("{\"version\":\"2.1.0\"}", "it has no 'runs'")]
    [InlineData("{\"version\":\"1.0.0\",\"runs\":[]}", "is SARIF 1.0.0; 2.1.0 is read")]
    [InlineData("{\"runs\":[", "is not well-formed JSON")]
    public void What_is_no_log_is_refused_in_a_sentence(string content, string says) =>
        Assert.Contains(says, Assert.Throws<EvidenceException>(() => Reading("web/split.js").Add(_reports.Write("a.sarif", content))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_path_that_fits_two_files_is_refused()
    {
        var reading = Reading("a/web/split.js", "b/web/split.js");

        Assert.Contains("may be a/web/split.js or b/web/split.js", Assert.Throws<EvidenceException>(() => reading.Add(Log(Result("r", 1)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_damage_to_a_log_makes_it_fall() => Gen.Select(Gen.Int[0, 3000], Gen.Byte.Array[0, 20]).Sample(
        (at, bytes) =>
        {
            var content = File.ReadAllBytes(Real("eslint.sarif").Path);
            try
            {
                Reading("web/split.js").Add(_reports.Write("d", [.. content[..at], .. bytes, .. content[Math.Min(at + bytes.Length, content.Length)..]]));
            }
            catch (EvidenceException)
            {
            }
        },
        iter: 300,
        threads: 1);

    private static FindingReading Reading(params string[] files) =>
        new([.. files.Select(file => new RepoPath(file))], [.. files.Select(file => new RepoPath(file))], workTree: null, (_, line) => line);

    private static ReportFile Real(string name) => new(Path.Combine(AppContext.BaseDirectory, "Verification", "Reports", name), name);

    private static string Result(string rule, int line, string message = "odd", string more = "") =>
        $"{{\"ruleId\":\"{rule}\",\"message\":{{\"text\":\"{message}\"}},\"locations\":[{{\"physicalLocation\":{{\"artifactLocation\":{{\"uri\":\"web/split.js\"}},\"region\":{{\"startLine\":{line}}}}}}}]{more}}}";

    private ReportFile Log(string results) =>
        _reports.Write("a.sarif", $"{{\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{{\"name\":\"t\"}}}},\"results\":[{results}]}}]}}");
}
