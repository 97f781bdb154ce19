using System.Xml;

namespace Airworthy.Verification.Coverage;

/// <summary>JaCoCo's XML (Java, Kotlin, Scala): a source file by its package and name, without the source root. Lines only.</summary>
internal sealed class JacocoReader : ICoverageReader
{
    private const int MostBranches = 1_000;

    public string Name => "jacoco";

    public bool Recognises(string start) =>
        start.StartsWith('<') && start.Contains("<report", StringComparison.Ordinal)
        && (start.Contains("JACOCO", StringComparison.OrdinalIgnoreCase) || start.Contains("<sessioninfo", StringComparison.Ordinal) || start.Contains("<package", StringComparison.Ordinal)
            || start.Contains("<group", StringComparison.Ordinal));

    public void Read(ReportFile file, CoverageReport report) => file.ReadXml(xml =>
    {
        var package = "";
        FileCoverage? current = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "package":
                    package = xml.GetAttribute("name") ?? "";
                    break;
                case "sourcefile":
                    var name = xml.GetAttribute("name") ?? throw file.Refused("has a <sourcefile> without 'name'");
                    current = report.Named(package.Length == 0 ? name : $"{package}/{name}");
                    break;
                case "line" when current is not null:
                    // Instructions and branches, missed and covered.
                    var line = report.LineNumber(xml.GetAttribute("nr"), "in <line nr>");
                    report.Line(current, line, report.Ran(xml.GetAttribute("ci"), $"in <line nr=\"{line}\" ci>"));
                    var taken = Math.Min(MostBranches, report.LineNumber(xml.GetAttribute("cb") ?? "0", $"in <line nr=\"{line}\" cb>"));
                    report.Branches(current, line, taken + Math.Min(MostBranches, report.LineNumber(xml.GetAttribute("mb") ?? "0", $"in <line nr=\"{line}\" mb>")), taken);
                    break;
            }
        }
    }, report.Asks, new AskedElement("sourcefile", "name"), new AskedElement("class", "sourcefilename"));
}
