using System.Text;
using System.Xml;
using System.Xml.Linq;
using Airworthy.Verification;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Verification;

public class AskedContentTests
{
    private const string Asked = """<class filename="src/a.cs"><line number="1"/></class>""";

    public static readonly TheoryData<string, string> Cut = new()
    {
        { $"""<r><class filename="b.cs"><line number="1"/></class>{Asked}</r>""", $"""<r><class filename="b.cs"></class>{Asked}</r>""" },
        { """<r><class name="A&lt;T>" filename='b.cs' x="1">text<line/></class></r>""", """<r><class name="A&lt;T>" filename='b.cs' x="1"></class></r>""" },
        { """<?xml version="1.0"?><!DOCTYPE r SYSTEM 'x'><!-- <class filename="b.cs"> --><r><class filename="b.cs">1</class></r>""", """<?xml version="1.0"?><!DOCTYPE r SYSTEM 'x'><!-- <class filename="b.cs"> --><r><class filename="b.cs"></class></r>""" },
        { $"""<r><classes><class filename="b.cs"/>{Asked}</classes></r>""", $"""<r><classes><class filename="b.cs"/>{Asked}</classes></r>""" },
    };

    public static readonly TheoryData<string> Left =
    [
        // A name that is not plain, or not there.
        """<r><class filename="b&#46;cs"><line/></class><class filename="é.cs"><line/></class><class><line/></class></r>""",
        // Where an end may be hidden or belong to another.
        """<r><class filename="b.cs"><!-- </class> --><line/></class></r>""",
        """<r><class filename="b.cs"><![CDATA[</class>]]><line/></class></r>""",
        """<r><class filename="b.cs"><class filename="c.cs"><line/></class></class></r>""",
        """<!DOCTYPE r [<!ENTITY e '<class filename="b.cs">'>]><r>&e;<line/></class></r>""",
        // Cut off: what reads it must see that.
        """<r><class filename="b.cs"><line/>""",
        """<r><class filename="b.cs""",
        "<r><",
    ];

    [Theory]
    [MemberData(nameof(Cut))]
    public void What_files_hold_that_nobody_asks_about_is_left_out(string xml, string expected) => Gen.Int[1, 40].Sample(block => Assert.Equal(expected, Through(xml, block)), iter: 20);

    [Theory]
    [MemberData(nameof(Left))]
    public void What_can_not_be_told_is_left_in(string xml) => Gen.Int[1, 40].Sample(block => Assert.Equal(xml, Through(xml, block)), iter: 20);

    [Fact]
    public void Another_encoding_is_passed_on()
    {
        var bytes = Encoding.Unicode.GetBytes("""<r><class filename="b.cs"><line/></class></r>""");

        Assert.Equal(bytes, Through(bytes, 7));
    }

    [Fact]
    public void An_end_that_is_far_is_not_looked_for_again()
    {
        var xml = "<r>" + string.Concat(Enumerable.Repeat("""<class filename="b.cs">""", 100_000));

        Assert.Equal(xml, Through(xml, 64 * 1024));
    }

    [Fact]
    public void Well_formed_reports_tell_the_same_of_what_is_asked()
    {
        string[] all =
        [
            """<class filename="a.cs">""", """<class name='x>y' filename="b.cs" >""", "</class>", """<class filename="b.cs"/>""", "<line/>", "text", "<!-- </class> <class -->", "<?pi </class>?>",
            "<![CDATA[</class>]]>",
        ];
        var wellFormed = 0;
        Gen.Select(Gen.Int[0, all.Length - 1].Array[1, 9], Gen.Int[1, 30]).Sample(
            (pieces, block) =>
            {
                var xml = $"<r>{string.Concat(pieces.Select(piece => all[piece]))}</r>";
                if (Parse(xml) is { } whole)
                {
                    Interlocked.Increment(ref wellFormed);
                    Assert.Equal(Tell(whole), Tell(Parse(Through(xml, block))!));
                }
            },
            iter: 4_000);

        Assert.True(wellFormed > 200);
    }

    /// <summary>Every element, with what class was last begun before it; what stands in one that is not asked about goes untold.</summary>
    private static string Tell(XElement report)
    {
        var (told, asked) = (new List<string>(), true);
        foreach (var element in report.DescendantsAndSelf())
        {
            if (element.Name == "class")
            {
                asked = element.Attribute("filename")?.Value == "a.cs";
                told.Add(element.Attribute("filename")!.Value);
            }
            else if (asked)
            {
                told.Add(element.Name.LocalName);
            }
        }

        return string.Join(' ', told);
    }

    private static XElement? Parse(string xml)
    {
        try
        {
            return XElement.Parse(xml);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Through(string xml, int block) => Encoding.UTF8.GetString(Through(Encoding.UTF8.GetBytes(xml), block));

    private static byte[] Through(byte[] xml, int block)
    {
        using var content = new AskedContent(new Blocks(xml, block), [new AskedElement("class", "filename")], name => name.EndsWith("a.cs", StringComparison.Ordinal));
        using var read = new MemoryStream();
        content.CopyTo(read);
        return read.ToArray();
    }

    /// <summary>Gives so many bytes at a time, as a pipe may.</summary>
    private sealed class Blocks(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(size, buffer.Length)]);
    }
}
