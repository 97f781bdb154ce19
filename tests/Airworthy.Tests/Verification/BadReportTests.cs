using System.Text;
using Airworthy.Model;
using Airworthy.Verification;
using Airworthy.Verification.Coverage;
using Airworthy.Verification.Findings;
using Airworthy.Verification.Mutation;
using Airworthy.Verification.Outcomes;
using Xunit;

namespace Airworthy.Tests.Verification;

/// <summary>Reports that are odd, broken or hostile: each says what it can be held to, or is refused in a sentence within bounds.</summary>
public sealed class BadReportTests : IDisposable
{
    private static readonly RepoPath s_calc = new("src/Lib/Calc.cs");

    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("<coverage line-rate=\"1\"><packages><class filename=\"src/Lib/Calc.cs\"><lines><line number=\"0\" hits=\"1\"/><line number=\"7\" hits=\"9223372036854775809\"/></lines></class></packages></coverage>")]
    [InlineData("<CoverageSession><Module><Files><File uid=\"1\" fullPath=\"/b/src/Lib/Calc.cs\"/></Files><Method><SequencePoint vc=\"1\" sl=\"0\" el=\"0\" fileid=\"1\"/><SequencePoint vc=\"9223372036854775809\" sl=\"7\" sc=\"1\" el=\"7\" ec=\"9\" fileid=\"1\"/></Method></Module></CoverageSession>")]
    [InlineData("<report name=\"x\"><package name=\"src/Lib\"><sourcefile name=\"Calc.cs\"><line nr=\"0\" mi=\"0\" ci=\"1\"/><line nr=\"7\" mi=\"0\" ci=\"9223372036854775809\" mb=\"0\" cb=\"2147483647\"/></sourcefile></package></report>")]
    [InlineData("<coverage clover=\"3\"><project><file path=\"/b/src/Lib/Calc.cs\"><line num=\"0\" type=\"stmt\" count=\"1\"/><line num=\"7\" type=\"stmt\" count=\"9223372036854775809\"/></file></project></coverage>")]
    [InlineData("mode: count\nx.org/src/Lib/Calc.cs:0.1,0.2 1 1\nx.org/src/Lib/Calc.cs:7.1,7.9 1 9223372036854775809\n")]
    [InlineData("SF:src/Lib/Calc.cs\nDA:0,1\nDA:7,9223372036854775809\nend_of_record\n")]
    [InlineData("{\"type\":\"llvm.coverage.json.export\",\"data\":[{\"files\":[{\"filename\":\"/b/src/Lib/Calc.cs\",\"segments\":[[0,1,1,true,true,false],[0,2,0,false,false,false],[7,1,9223372036854775809,true,true,false],[7,9,0,false,false,false]]}]}]}")]
    public void In_every_format_line_0_is_no_place_and_a_count_past_2_to_the_63_is_a_count(string content)
    {
        var calc = Coverage(Write(content)).Files[s_calc];

        Assert.Equal([(7, true)], calc.On([.. Enumerable.Range(0, 20)]).Select(statement => (statement.Span.StartLine, statement.Ran)));
    }

    [Fact]
    public void A_class_that_is_told_twice_ran_where_either_of_them_did()
    {
        var calc = Coverage(Write("""
            <coverage line-rate="1"><packages><package name="Lib"><classes>
              <class name="Lib.Calc" filename="src/Lib/Calc.cs"><lines><line number="6" hits="1"/><line number="7" hits="0" condition-coverage="50% (1/2)"/></lines></class>
              <class name="Lib.Calc" filename="src/Lib/Calc.cs"><lines><line number="6" hits="0"/><line number="7" hits="3" condition-coverage="50% (1/2)"/></lines></class>
            </classes></package></packages></coverage>
            """)).Files[s_calc];

        Assert.Equal([(6, true), (7, true)], calc.On([6, 7]).Select(statement => (statement.Span.StartLine, statement.Ran)));
        Assert.Equal((2, 1), calc.BranchesOn(new HashSet<int> { 7 }));
    }

    [Fact]
    public void Names_that_a_compiler_made_belong_to_the_file_that_was_written()
    {
        var reading = Coverage(Write("""
            <coverage line-rate="1"><packages><package name="Lib"><classes>
              <class name="Lib.Calc/&lt;Split&gt;d__3" filename="src/Lib/Calc.cs"><methods><method name="MoveNext"><lines><line number="9" hits="1"/></lines></method></methods></class>
              <class name="Program.&lt;Main&gt;$" filename="src/Lib/Calc.cs"><lines><line number="10" hits="0"/></lines></class>
              <class name="Lib.Calc" filename="/_/src/Lib/obj/Debug/net10.0/Calc.g.cs"><lines><line number="11" hits="1"/></lines></class>
            </classes></package></packages></coverage>
            """));

        Assert.Equal([(9, true), (10, false)], reading.Files[s_calc].On([9, 10, 11]).Select(statement => (statement.Span.StartLine, statement.Ran)));
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("iso-8859-1", false)]
    public void A_report_is_read_in_the_encoding_it_names(string name, bool isMarked)
    {
        var encoding = Encoding.GetEncoding(name);
        var content = $"<?xml version=\"1.0\" encoding=\"{name}\"?><coverage line-rate=\"1\"><packages><class name=\"Größe\" filename=\"src/Lib/Calc.cs\"><line number=\"7\" hits=\"1\"/></class></packages></coverage>";

        Assert.Contains(s_calc, Coverage(_folder.Write("r", [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes(content)])).Files.Keys);
    }

    [Fact]
    public void A_byte_order_mark_before_text_or_json_is_no_part_of_it()
    {
        byte[] mark = [0xEF, 0xBB, 0xBF];

        Assert.Contains(s_calc, Coverage(_folder.Write("r", [.. mark, .. "SF:src/Lib/Calc.cs\nDA:7,1\nend_of_record\n"u8])).Files.Keys);
        Assert.Contains(s_calc, Coverage(_folder.Write("r", [.. mark, .. "{\"type\":\"llvm.coverage.json.export\",\"data\":[{\"files\":[{\"filename\":\"src/Lib/Calc.cs\",\"segments\":[]}]}]}"u8])).Files.Keys);
    }

    [Fact]
    public void An_encoding_that_is_not_read_and_bytes_that_are_none_of_theirs_are_refused()
    {
        Refuse(_folder.Write("r", "<?xml version=\"1.0\" encoding=\"x-unheard-of\"?><coverage line-rate=\"1\"/>"), "names an encoding that is not read");
        Refuse(_folder.Write("r", [.. "<?xml version=\"1.0\" encoding=\"utf-8\"?><coverage line-rate=\"1\"><sources><source>"u8, 0xFF, 0xC3, .. "</source></sources></coverage>"u8]), "is not well-formed XML");
    }

    [Fact]
    public void A_report_larger_than_any_is_refused_unread()
    {
        Refuse(Sparse("<coverage line-rate=\"1\">", ReportFile.MaxBytes + 1), "a report is read up to 2,147,483,648");
        Refuse(Sparse("{\"type\":\"llvm.coverage.json.export\",", ReportFile.MaxJsonBytes + 1), "JSON is read up to 268,435,456");
    }

    [Fact]
    public void A_tag_that_does_not_end_and_a_line_that_does_not_end_are_refused_before_they_fill_the_memory()
    {
        var filler = new byte[MarkupGuard.MostBytes + 100_000];
        filler.AsSpan().Fill((byte)'a');

        Refuse(_folder.Write("r", [.. "<coverage line-rate=\""u8, .. filler, .. "\"/>"u8]), "in one piece");
        Refuse(_folder.Write("r", [.. "SF:"u8, .. filler.AsSpan(0, 2_000_000)]), "has a line of more than");
    }

    [Fact]
    public void A_long_report_of_short_pieces_is_no_long_piece()
    {
        var line = "<line number=\"7\" hits=\"1\"/>"u8;
        var content = new MemoryStream();
        content.Write("<coverage line-rate=\"1\"><packages><class filename=\"src/Lib/Calc.cs\">"u8);
        while (content.Length <= MarkupGuard.MostBytes)
        {
            content.Write(line);
        }

        content.Write("</class></packages></coverage>"u8);

        Assert.Single(Coverage(_folder.Write("r", content.ToArray())).Files[s_calc].On([7]));
    }

    [Theory]
    [InlineData("<!DOCTYPE m [<!ENTITY a \"KILLED\"><!ENTITY b \"&a;&a;\">]><mutations><mutation status='KILLED'><sourceFile>&b;</sourceFile></mutation></mutations>")]
    [InlineData("<!DOCTYPE m [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><mutations><mutation status='KILLED'><sourceFile>&a;</sourceFile></mutation></mutations>")]
    public void Entities_of_a_mutation_report_s_own_are_refused(string content) =>
        Assert.Contains("entities are not read", Assert.Throws<EvidenceException>(() => new MutationReading([s_calc], [s_calc], workTree: null).Add(Write(content))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_report_of_each_kind_is_refused_by_the_others_and_an_empty_one_by_all()
    {
        var reports = new[]
        {
            (Kind: "coverage", File: _folder.Write("c.info", "SF:a\nend_of_record\n")),
            (Kind: "mutation", File: _folder.Write("m.xml", "<mutations/>")),
            (Kind: "tests", File: _folder.Write("t.xml", "<testsuites/>")),
            (Kind: "sarif", File: _folder.Write("s.json", "{\"version\":\"2.1.0\",\"runs\":[]}")),
            (Kind: "empty", File: _folder.Write("e", "")),
        };
        foreach (var (kind, add) in Readers())
        {
            foreach (var report in reports)
            {
                if (report.Kind == kind)
                {
                    add(report.File);
                }
                else
                {
                    var refused = Assert.Throws<EvidenceException>(() => add(report.File)).Message;
                    Assert.StartsWith(report.File.Name, refused, StringComparison.Ordinal);
                    Assert.DoesNotContain('\n', refused);
                }
            }
        }
    }

    private static IEnumerable<(string Kind, Action<ReportFile> Add)> Readers() =>
    [
        ("coverage", new CoverageReading([s_calc], [s_calc], workTree: null).Add),
        ("mutation", new MutationReading([s_calc], [s_calc], workTree: null).Add),
        ("tests", new TestReading().Add),
        ("sarif", new FindingReading([s_calc], [s_calc], workTree: null, (_, line) => line).Add),
    ];

    private static CoverageReading Coverage(ReportFile report)
    {
        var reading = new CoverageReading([s_calc, new RepoPath("README.md")], [s_calc], workTree: null);
        reading.Add(report);
        return reading;
    }

    private static void Refuse(ReportFile report, string told) =>
        Assert.Contains(told, Assert.Throws<EvidenceException>(() => Coverage(report)).Message, StringComparison.Ordinal);

    private ReportFile Write(string content) => _folder.Write("report.x", content);

    /// <summary>A file that claims to be long and takes no room.</summary>
    private ReportFile Sparse(string start, long length)
    {
        var report = _folder.Write("sparse", start);
        using var file = new FileStream(report.Path, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
        return report;
    }
}
