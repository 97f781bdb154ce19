using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Airworthy.Verification.Mutation;

/// <summary>PIT's XML (Java, Kotlin): a source file by its class's package and its name. See https://pitest.org.</summary>
internal sealed class PitReader : IMutationReader
{
    public string Name => "pit";

    public bool Recognises(string start) => start.StartsWith('<') && start.Contains("<mutations", StringComparison.Ordinal);

    public void Read(ReportFile file, Action<string, Mutant> add) => file.ReadXml(xml =>
    {
        xml.MoveToContent();
        while (!xml.EOF)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "mutation" })
            {
                Read((XElement)XNode.ReadFrom(xml), file, add);
            }
            else
            {
                xml.Read();
            }
        }
    });

    private static void Read(XElement mutation, ReportFile file, Action<string, Mutant> add)
    {
        bool? noticed = mutation.Attribute("status")?.Value switch
        {
            "KILLED" or "TIMED_OUT" or "MEMORY_ERROR" => true,
            "SURVIVED" or "NO_COVERAGE" => false,
            _ => null,
        };
        if (noticed is not { } known)
        {
            return;
        }

        var name = mutation.Element("sourceFile")?.Value ?? throw file.Refused("has a <mutation> without 'sourceFile'");
        var written = mutation.Element("lineNumber")?.Value;
        if (!int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var line))
        {
            throw file.Refused("has a <mutation> without a line number");
        }

        var type = mutation.Element("mutatedClass")?.Value ?? "";
        var package = type.LastIndexOf('.') is > 0 and var end ? type[..end].Replace('.', '/') + "/" : "";
        add(
            package + name,
            new Mutant(line, string.Join(' ', mutation.Element("mutator")?.Value, mutation.Element("mutatedMethod")?.Value, string.Concat(mutation.Descendants("index").Select(index => index.Value))), known));
    }
}
