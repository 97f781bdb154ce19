using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Airworthy.Verification.Coverage;

/// <summary>Cobertura XML, as Coverlet, Microsoft's collector, coverage.py, gcovr and many more write it. Lines only.</summary>
internal sealed partial class CoberturaReader : ICoverageReader
{
    public string Name => "cobertura";

    public bool Recognises(string start) =>
        start.StartsWith('<') && start.Contains("<coverage", StringComparison.Ordinal)
        && (start.Contains("line-rate", StringComparison.Ordinal) || start.Contains("<packages", StringComparison.Ordinal) || start.Contains("<sources", StringComparison.Ordinal));

    public void Read(ReportFile file, CoverageReport report) => file.ReadXml(xml =>
    {
        FileCoverage? current = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "source" when !xml.IsEmptyElement:
                    xml.Read();
                    report.AddRoot(xml.NodeType == XmlNodeType.Text ? xml.Value.Trim() : "");
                    break;
                case "class":
                    current = report.Named(xml.GetAttribute("filename") ?? throw file.Refused("has a <class> without 'filename'"));
                    break;
                case "line" when current is not null:
                    Line(xml, report, current);
                    break;
            }
        }
    }, report.Asks, new AskedElement("class", "filename"));

    private static void Line(XmlReader xml, CoverageReport report, FileCoverage current)
    {
        var line = report.LineNumber(xml.GetAttribute("number"), "in <line number>");
        report.Line(current, line, report.Ran(xml.GetAttribute("hits"), $"in <line number=\"{line}\" hits>"));
        if (xml.GetAttribute("condition-coverage") is { } conditions && Conditions().Match(conditions) is { Success: true } counts)
        {
            report.Branches(current, line, Number(counts, "all"), Number(counts, "taken"));
        }
    }

    private static int Number(Match counts, string name) => int.Parse(counts.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\((?<taken>\d{1,6})/(?<all>\d{1,6})\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Conditions();
}
