using System.Text;
using Airworthy.Model;
using Airworthy.Verification;
using Airworthy.Verification.Coverage;
using Xunit;

namespace Airworthy.Tests.Verification;

/// <summary>
/// The seven formats, of the same lines. What real producers write is read by <see cref="ProducerReportTests"/>.
/// </summary>
public sealed class CoverageReadingTests : IDisposable
{
    private const string Cobertura = """
        <?xml version="1.0" encoding="utf-8"?>
        <coverage line-rate="0.7272" branch-rate="0.5" version="1.9" timestamp="1795455801">
          <sources><source>/</source></sources>
          <packages><package name="Lib"><classes>
            <class name="Lib.Calc" filename="build/src/Lib/Calc.cs">
              <methods><method name="Div"><lines><line number="6" hits="2" branch="False" /></lines></method></methods>
              <lines>
                <line number="6" hits="2" branch="False" />
                <line number="7" hits="2" branch="True" condition-coverage="50% (1/2)" />
                <line number="8" hits="0" branch="False" />
              </lines>
            </class>
          </classes></package></packages>
        </coverage>
        """;

    private const string OpenCover = """
        <?xml version="1.0" encoding="utf-8"?>
        <CoverageSession><Modules><Module hash="A"><ModuleName>Lib</ModuleName>
          <Files><File uid="1" fullPath="/build/src/Lib/Calc.cs" /></Files>
          <Classes><Class><FullName>Lib.Calc</FullName><Methods><Method><Name>Div</Name><FileRef uid="1" />
            <SequencePoints>
              <SequencePoint vc="2" sl="6" sc="5" el="6" ec="6" bec="0" bev="0" fileid="1" />
              <SequencePoint vc="2" sl="7" sc="9" el="7" ec="20" bec="2" bev="1" fileid="1" />
              <SequencePoint vc="0" sl="8" sc="9" el="8" ec="10" bec="0" bev="0" fileid="1" />
              <SequencePoint vc="9" sl="16707566" sc="0" el="16707566" ec="0" bec="0" bev="0" fileid="1" />
            </SequencePoints>
            <BranchPoints>
              <BranchPoint vc="2" sl="7" path="0" offset="6" fileid="1" /><BranchPoint vc="0" sl="7" path="1" offset="6" fileid="1" />
            </BranchPoints>
          </Method></Methods></Class></Classes>
        </Module></Modules></CoverageSession>
        """;

    private const string Lcov = "SF:/build/src/Lib/Calc.cs\nFN:5,Div\nFNDA:2,Div\nDA:6,2\nDA:7,2\nDA:8,0\nBRDA:7,6,0,2\nBRDA:7,6,1,0\nBRF:2\nBRH:1\nend_of_record\n";

    private const string Jacoco = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
        <report name="lib"><sessioninfo id="x" start="1" dump="2"/><package name="src/Lib"><class name="src/Lib/Calc"/>
        <sourcefile name="Calc.cs"><line nr="6" mi="0" ci="2" mb="0" cb="0"/><line nr="7" mi="0" ci="1" mb="1" cb="1"/><line nr="8" mi="2" ci="0" mb="0" cb="0"/></sourcefile>
        </package></report>
        """;

    private const string Clover = """
        <?xml version="1.0" encoding="UTF-8"?>
        <coverage generated="1700000000" clover="3.2.0"><project timestamp="1700000000"><package name="Lib"><file name="Calc.cs" path="/build/src/Lib/Calc.cs">
        <line num="5" type="method" count="0"/><line num="6" type="stmt" count="2"/><line num="7" type="cond" count="2" truecount="2" falsecount="0"/><line num="8" type="stmt" count="0"/>
        </file></package></project></coverage>
        """;

    private const string Go = "mode: set\nexample.org/lib/src/Lib/Calc.cs:6.2,6.9 1 1\nexample.org/lib/src/Lib/Calc.cs:7.2,7.9 1 1\nexample.org/lib/src/Lib/Calc.cs:8.2,8.9 1 0\n";

    private const string Llvm = """
        {"data":[{"files":[{"filename":"/build/src/Lib/Calc.cs","branches":[[7,8,7,14,2,0,0,0,4]],"segments":[[6,1,2,true,true,false],[7,15,0,true,false,true],[8,1,0,true,true,false],[8,9,0,false,false,false]]}]}],"type":"llvm.coverage.json.export","version":"2.0.1"}
        """;

    private static readonly RepoPath s_calc = new("src/Lib/Calc.cs");

    private readonly ReportFolder _folder = new();

    public static TheoryData<string, string, bool> EveryFormat => new()
    {
        { "cobertura", Cobertura, true },
        { "opencover", OpenCover, true },
        { "lcov", Lcov, true },
        { "jacoco", Jacoco, true },
        { "clover", Clover, true },
        { "go", Go, false },
        { "llvm", Llvm, true },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void Every_format_says_the_same_of_the_same_run(string format, string content, bool tellsBranches)
    {
        var reading = Read(content);

        Assert.Equal((format, 1, 1), (reading.Reports[0].Format, reading.Reports[0].Files, reading.Reports[0].Matched));
        var calc = reading.Files[s_calc];
        Assert.Equal([(6, true), (7, true), (8, false)], calc.On([5, 6, 7, 8, 9]).Select(statement => (statement.Span.StartLine, statement.Ran)));
        Assert.Equal(tellsBranches ? (2, 1) : (0, 0), calc.BranchesOn(new HashSet<int> { 7 }));
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void A_report_that_is_cut_off_is_refused_or_says_less_and_never_more(string format, string content, bool tellsBranches)
    {
        var whole = Read(content).Files[s_calc].On([6, 7, 8]).Where(statement => statement.Ran).Select(statement => statement.Span.StartLine).ToHashSet();
        for (var length = 20; length < content.Length; length += 7)
        {
            try
            {
                var reading = Read(content[..length]);
                var cut = reading.Files.TryGetValue(s_calc, out var calc) ? calc.On([6, 7, 8]).Where(statement => statement.Ran).Select(statement => statement.Span.StartLine) : [];
                Assert.Subset(whole, cut.ToHashSet());
            }
            catch (EvidenceException refused)
            {
                Assert.Contains("report.x", refused.Message, StringComparison.Ordinal);
            }
        }

        Assert.NotEmpty(format);
        Assert.True(tellsBranches || format == "go");
    }

    [Fact]
    public void What_ran_in_any_shard_ran()
    {
        var reading = Reading();
        reading.Add(_folder.Write("1.info", Lcov));
        reading.Add(_folder.Write("2.info", "SF:/build/src/Lib/Calc.cs\nDA:8,1\nBRDA:7,6,1,1\nend_of_record\n"));

        Assert.All(reading.Files[s_calc].On([6, 7, 8]), statement => Assert.True(statement.Ran));
        Assert.Equal((2, 2), reading.Files[s_calc].BranchesOn(new HashSet<int> { 7 }));
    }

    [Fact]
    public void A_statement_of_three_lines_is_one_and_the_one_within_a_lambda_is_its_own()
    {
        var reading = Read(OpenCover
            .Replace("""sl="7" sc="9" el="7" ec="20" """, """sl="7" sc="9" el="12" ec="20" """, StringComparison.Ordinal)
            .Replace("""sl="8" sc="9" el="8" ec="10" """, """sl="9" sc="9" el="10" ec="10" """, StringComparison.Ordinal));

        Assert.Equal([7, 9], reading.Files[s_calc].On([8, 9, 10, 11]).Select(statement => statement.Span.StartLine));
        Assert.Equal([9], reading.Files[s_calc].On([9, 10]).Select(statement => statement.Span.StartLine));
    }

    [Theory]
    [InlineData("C:\\build\\agent/src\\Lib\\Calc.cs")]
    [InlineData("D:/a/1/s/src/Lib/Calc.cs")]
    [InlineData("/_/src/Lib/Calc.cs")]
    [InlineData("./src/Lib/../Lib/Calc.cs")]
    [InlineData("Lib/Calc.cs")]
    [InlineData("example.org/module/src/Lib/Calc.cs")]
    public void A_path_of_another_machine_finds_its_file(string path) =>
        Assert.Contains(s_calc, Read($"SF:{path}\nDA:6,1\nend_of_record\n").Files.Keys);

    [Theory]
    [InlineData("/app/Other/Calc.cs")]
    [InlineData("/build/lib/calc.cs/Calc.cs")]
    [InlineData("Calc.cs.g.cs")]
    [InlineData("")]
    public void A_path_that_only_shares_a_name_is_no_evidence(string path) =>
        Assert.Empty(Read($"SF:{path}\nDA:6,1\nend_of_record\n").Files);

    [Fact]
    public void A_path_that_fits_two_files_is_refused_when_one_of_them_changed()
    {
        var reading = new CoverageReading([s_calc, new RepoPath("tools/Lib/Calc.cs")], [s_calc], workTree: null);

        var refused = Assert.Throws<EvidenceException>(() => reading.Add(_folder.Write("a.info", "SF:Lib/Calc.cs\nDA:6,1\nend_of_record\n")));

        Assert.Contains("may be src/Lib/Calc.cs or tools/Lib/Calc.cs", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_at_the_top_and_in_a_folder_is_told_apart_by_where_the_other_files_were_kept()
    {
        RepoPath top = new("main.go"), inner = new("cmd/main.go");
        var reading = new CoverageReading([top, inner, new RepoPath("cmd/run.go")], [top, inner], workTree: null);

        reading.Add(_folder.Write("c.out", "mode: set\nx.org/m/cmd/run.go:1.1,2.2 1 1\nx.org/m/cmd/main.go:3.1,3.2 1 1\nx.org/m/main.go:4.1,4.2 1 1\n"));

        Assert.Single(reading.Files[inner].On([3]));
        Assert.Empty(reading.Files[inner].On([4]));
        Assert.Single(reading.Files[top].On([4]));
    }

    [Fact]
    public void Each_of_several_source_roots_is_tried()
    {
        var reading = new CoverageReading([new RepoPath("a/src/x/One.java"), new RepoPath("b/src/x/Two.java"), new RepoPath("b/other/x/One.java")], [new RepoPath("a/src/x/One.java"), new RepoPath("b/src/x/Two.java")], workTree: null);

        reading.Add(_folder.Write("c.xml", """
            <coverage line-rate="1"><sources><source>/w/a/src</source><source>/w/b/src</source></sources><packages>
            <class filename="x/One.java"><lines><line number="1" hits="1"/></lines></class><class filename="x/Two.java"><lines><line number="2" hits="1"/></lines></class></packages></coverage>
            """));

        Assert.Equal(["a/src/x/One.java", "b/src/x/Two.java"], reading.Files.Keys.Select(path => path.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Line_0_is_no_place_and_a_count_past_any_integer_is_a_count()
    {
        var calc = Read("SF:src/Lib/Calc.cs\nDA:0,1\nDA:6,99999999999999999999999\nDA:7,-1\nend_of_record\n").Files[s_calc];

        Assert.Equal([(6, true), (7, false)], calc.On([0, 6, 7]).Select(statement => (statement.Span.StartLine, statement.Ran)));
    }

    [Fact]
    public void An_entity_bomb_and_an_external_entity_are_refused()
    {
        Refuse("<!DOCTYPE c [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><coverage line-rate=\"1\"><sources><source>&b;</source></sources></coverage>", "entit");
        Refuse("<!DOCTYPE c [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><coverage line-rate=\"1\"><sources><source>&a;</source></sources></coverage>", "entit");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("hello", "no coverage report that is known")]
    [InlineData("<html><body/></html>", "no coverage report that is known")]
    [InlineData("SF:src/Lib/Calc.cs\nDA:six,1\nend_of_record\n", "'six' where a line number belongs")]
    [InlineData("SF:src/Lib/Calc.cs\nDA:6,1\n", "cut off")]
    [InlineData("mode: set\nnonsense\n", "no block of a coverprofile at line 2")]
    [InlineData("{\"type\":\"llvm.coverage.json.export\",\"data\":3}", "shape")]
    public void What_is_no_report_is_refused_in_a_sentence(string content, string told) => Refuse(content, told);

    [Fact]
    public void A_report_of_another_encoding_is_read_as_it_says()
    {
        var utf16 = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Cobertura.Replace("utf-8", "utf-16", StringComparison.Ordinal))).ToArray();
        var reading = Reading();
        reading.Add(_folder.Write("16.xml", utf16));

        Assert.Equal(3, reading.Files[s_calc].On([6, 7, 8]).Length);
    }

    [Fact]
    public void A_segment_that_reaches_to_the_end_of_all_lines_is_refused_before_it_fills_the_memory() =>
        Refuse("""{"type":"llvm.coverage.json.export","data":[{"files":[{"filename":"src/Lib/Calc.cs","segments":[[1,1,1,true,true,false],[2000000000,1,0,false,false,false]]}]}]}""", "more than");

    [Fact]
    public void A_file_that_is_listed_without_anything_that_runs_is_not_measured() =>
        Assert.True(Read("SF:src/Lib/Calc.cs\nend_of_record\n").Files[s_calc].IsEmpty);

    private void Refuse(string content, string told) =>
        Assert.Contains(told, Assert.Throws<EvidenceException>(() => Read(content)).Message, StringComparison.Ordinal);

    private CoverageReading Read(string content)
    {
        var reading = Reading();
        reading.Add(_folder.Write("report.x", content));
        return reading;
    }

    private static CoverageReading Reading() => new([s_calc, new RepoPath("README.md")], [s_calc], workTree: null);
}
