using System.Xml;

namespace Airworthy.Verification.Coverage;

/// <summary>Clover's XML, as PHPUnit and Istanbul write it. Lines only; a line that starts a method is no statement.</summary>
internal sealed class CloverReader : ICoverageReader
{
    public string Name => "clover";

    public bool Recognises(string start) =>
        start.StartsWith('<') && start.Contains("<coverage", StringComparison.Ordinal)
        && (start.Contains("clover", StringComparison.OrdinalIgnoreCase) || start.Contains("<project", StringComparison.Ordinal));

    public void Read(ReportFile file, CoverageReport report) => file.ReadXml(xml =>
    {
        FileCoverage? current = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "file")
            {
                current = report.Named(xml.GetAttribute("path") ?? xml.GetAttribute("name") ?? throw file.Refused("has a <file> without 'name'"));
            }
            else if (xml.LocalName == "line" && current is not null)
            {
                Line(xml, report, current);
            }
        }
    }, report.Asks, new AskedElement("file", "path"));

    private static void Line(XmlReader xml, CoverageReport report, FileCoverage current)
    {
        var line = report.LineNumber(xml.GetAttribute("num"), "in <line num>");
        var where = $"in <line num=\"{line}\">";
        if (xml.GetAttribute("type") == "cond")
        {
            bool @true = report.Ran(xml.GetAttribute("truecount") ?? "0", where), @false = report.Ran(xml.GetAttribute("falsecount") ?? "0", where);
            report.Branch(current, line, 0, @true);
            report.Branch(current, line, 1, @false);
            report.Line(current, line, @true || @false || report.Ran(xml.GetAttribute("count") ?? "0", where));
        }
        else if (xml.GetAttribute("type") == "stmt")
        {
            report.Line(current, line, report.Ran(xml.GetAttribute("count"), where));
        }
    }
}
