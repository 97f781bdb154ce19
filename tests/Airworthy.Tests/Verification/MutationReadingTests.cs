using Airworthy.Model;
using Airworthy.Verification;
using Airworthy.Verification.Mutation;
using Xunit;

namespace Airworthy.Tests.Verification;

/// <summary>The three formats, by hand after their published schemas and sources; what Stryker and PIT write is read by <see cref="ProducerReportTests"/>.</summary>
public sealed class MutationReadingTests : IDisposable
{
    private const string Elements = """
        {"schemaVersion":"2","thresholds":{"high":80,"low":60},"projectRoot":"/build","files":{"src/Lib/Calc.cs":{"language":"cs","source":"…","mutants":[
          {"id":"1","mutatorName":"Equality","replacement":"a <= b","location":{"start":{"line":7,"column":9},"end":{"line":7,"column":14}},"status":"Killed"},
          {"id":"2","mutatorName":"Arithmetic","replacement":"a - b","location":{"start":{"line":8,"column":9},"end":{"line":8,"column":14}},"status":"Survived"},
          {"id":"3","mutatorName":"Arithmetic","replacement":"a * b","location":{"start":{"line":8,"column":9},"end":{"line":8,"column":14}},"status":"Timeout"},
          {"id":"4","mutatorName":"Block","replacement":"{}","location":{"start":{"line":8,"column":1},"end":{"line":9,"column":2}},"status":"CompileError"},
          {"id":"5","mutatorName":"String","replacement":"\"\"","location":{"start":{"line":9,"column":1},"end":{"line":9,"column":2}},"status":"NoCoverage"}]}}}
        """;

    private const string Pit = """
        <?xml version="1.0" encoding="UTF-8"?><mutations partial="true">
        <mutation detected='true' status='KILLED' numberOfTestsRun='1'><sourceFile>Calc.cs</sourceFile><mutatedClass>src.Lib.Calc</mutatedClass><mutatedMethod>div</mutatedMethod><lineNumber>7</lineNumber><mutator>M</mutator><indexes><index>5</index></indexes></mutation>
        <mutation detected='false' status='SURVIVED'><sourceFile>Calc.cs</sourceFile><mutatedClass>src.Lib.Calc</mutatedClass><mutatedMethod>div</mutatedMethod><lineNumber>8</lineNumber><mutator>M</mutator><indexes><index>6</index></indexes></mutation>
        <mutation detected='true' status='TIMED_OUT'><sourceFile>Calc.cs</sourceFile><mutatedClass>src.Lib.Calc</mutatedClass><mutatedMethod>div</mutatedMethod><lineNumber>8</lineNumber><mutator>N</mutator><indexes><index>6</index></indexes></mutation>
        <mutation detected='false' status='NO_COVERAGE'><sourceFile>Calc.cs</sourceFile><mutatedClass>src.Lib.Calc</mutatedClass><mutatedMethod>div</mutatedMethod><lineNumber>9</lineNumber><mutator>M</mutator><indexes><index>7</index></indexes></mutation>
        <mutation detected='false' status='RUN_ERROR'><sourceFile>Calc.cs</sourceFile><mutatedClass>src.Lib.Calc</mutatedClass><mutatedMethod>div</mutatedMethod><lineNumber>9</lineNumber><mutator>M</mutator><indexes><index>8</index></indexes></mutation>
        </mutations>
        """;

    private const string Cargo = """
        {"outcomes":[{"scenario":"Baseline","summary":"Success","log_path":"log/baseline.log","diff_path":null,"phase_results":[]},
          {"scenario":{"Mutant":{"name":"src/Lib/Calc.cs:7:9: replace < with <=","package":"lib","file":"src/Lib/Calc.cs","function":null,"span":{"start":{"line":7,"column":9},"end":{"line":7,"column":10}},"replacement":"<=","genre":"BinaryOperator"}},"summary":"CaughtMutant","log_path":"log/1.log","diff_path":"diff/1.diff","phase_results":[]},
          {"scenario":{"Mutant":{"name":"src/Lib/Calc.cs:8:9: replace + with -","file":"src/Lib/Calc.cs","span":{"start":{"line":8,"column":9},"end":{"line":8,"column":10}}}},"summary":"MissedMutant"},
          {"scenario":{"Mutant":{"name":"src/Lib/Calc.cs:8:9: replace + with *","file":"src/Lib/Calc.cs","span":{"start":{"line":8,"column":9},"end":{"line":8,"column":10}}}},"summary":"Timeout"},
          {"scenario":{"Mutant":{"name":"src/Lib/Calc.cs:9:1: replace","file":"src/Lib/Calc.cs","span":{"start":{"line":9,"column":1},"end":{"line":9,"column":10}}}},"summary":"MissedMutant"},
          {"scenario":{"Mutant":{"name":"src/Lib/Calc.cs:9:2: replace","file":"src/Lib/Calc.cs","span":{"start":{"line":9,"column":2},"end":{"line":9,"column":10}}}},"summary":"Unviable"}],"total_mutants":5}
        """;

    private static readonly RepoPath s_calc = new("src/Lib/Calc.cs");

    private readonly ReportFolder _folder = new();

    public static TheoryData<string, string> EveryFormat => new() { { "mutation-testing-elements", Elements }, { "pit", Pit }, { "cargo-mutants", Cargo } };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void Every_format_says_the_same_and_leaves_out_what_could_not_be_judged(string format, string content)
    {
        var reading = Reading();
        reading.Add(_folder.Write("report.x", content));

        Assert.Equal((format, 1, 1), (reading.Reports[0].Format, reading.Reports[0].Files, reading.Reports[0].Matched));
        Assert.Equal((1, 1), reading.On(s_calc, new HashSet<int> { 7 }));
        Assert.Equal((2, 1), reading.On(s_calc, new HashSet<int> { 8 }));
        Assert.Equal((1, 0), reading.On(s_calc, new HashSet<int> { 9 }));
    }

    [Fact]
    public void A_mutant_that_one_of_two_runs_noticed_was_noticed()
    {
        var reading = Reading();
        reading.Add(_folder.Write("1.json", Elements));
        reading.Add(_folder.Write("2.json", Elements.Replace("Survived", "Killed", StringComparison.Ordinal)));

        Assert.Equal((2, 2), reading.On(s_calc, new HashSet<int> { 8 }));
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void A_report_that_is_cut_off_is_refused_in_a_sentence(string format, string content)
    {
        Assert.NotEmpty(format);
        for (var length = 60; length < content.Length - 2; length += 11)
        {
            var refused = Assert.Throws<EvidenceException>(() => Reading().Add(_folder.Write("report.x", content[..length])));
            Assert.Contains("report.x", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{}", "no mutation report that is known")]
    [InlineData("{\"schemaVersion\":\"2\",\"files\":[]}", "shape")]
    [InlineData("<mutations><mutation status='KILLED'><lineNumber>3</lineNumber></mutation></mutations>", "without 'sourceFile'")]
    [InlineData("<mutations><mutation status='KILLED'><sourceFile>A</sourceFile></mutation></mutations>", "without a line number")]
    public void What_is_no_report_is_refused_in_a_sentence(string content, string told) =>
        Assert.Contains(told, Assert.Throws<EvidenceException>(() => Reading().Add(_folder.Write("report.x", content))).Message, StringComparison.Ordinal);

    private static MutationReading Reading() => new([s_calc, new RepoPath("README.md")], [s_calc], workTree: null);
}
