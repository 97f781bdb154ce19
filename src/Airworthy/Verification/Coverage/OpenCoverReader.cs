using System.Xml;

namespace Airworthy.Verification.Coverage;

/// <summary>OpenCover XML, as Coverlet and AltCover write it too: statements with their columns. A file is told before its methods, by number.</summary>
internal sealed class OpenCoverReader : ICoverageReader
{
    private const int MaxFiles = 500_000;

    public string Name => "opencover";

    public bool Recognises(string start) => start.StartsWith('<') && start.Contains("<CoverageSession", StringComparison.Ordinal);

    public void Read(ReportFile file, CoverageReport report) => file.ReadXml(xml =>
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        string? method = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "Module":
                    files.Clear();
                    break;
                case "File" when xml.GetAttribute("uid") is { } id && xml.GetAttribute("fullPath") is { } path:
                    files[id] = files.Count < MaxFiles ? path : throw file.Refused($"names more than {MaxFiles:N0} files in one module");
                    break;
                case "Method":
                    method = null;
                    break;
                case "FileRef":
                    method = xml.GetAttribute("uid");
                    break;
                case "SequencePoint" when Of(xml) is { } current:
                    report.Statement(
                        current,
                        new SourceSpan(Number(xml, report, "sl"), Number(xml, report, "sc"), Number(xml, report, "el"), Number(xml, report, "ec")),
                        report.Ran(xml.GetAttribute("vc"), "in <SequencePoint vc>"));
                    break;
                case "BranchPoint" when Of(xml) is { } current:
                    report.Branch(
                        current,
                        Number(xml, report, "sl"),
                        ((long)Number(xml, report, "offset") << 20) + Number(xml, report, "path"),
                        report.Ran(xml.GetAttribute("vc"), "in <BranchPoint vc>"));
                    break;
            }
        }

        FileCoverage? Of(XmlReader point) =>
            (point.GetAttribute("fileid") ?? method) is { } id && files.TryGetValue(id, out var path) ? report.Named(path) : null;
    });

    private static int Number(XmlReader xml, CoverageReport report, string name) =>
        report.LineNumber(xml.GetAttribute(name) ?? "0", $"in <{xml.LocalName} {name}>");
}
