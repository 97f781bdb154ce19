using System.Text.Json;
using System.Text.RegularExpressions;

namespace Airworthy.Verification.Coverage;

/// <summary>
/// LLVM's JSON (<c>llvm-cov export</c>; Clang, Rust, Swift). Its segments are turned into lines as llvm-cov does it: a line ran as often as the
/// most executed region that starts on it or reaches into it.
/// </summary>
internal sealed partial class LlvmReader : ICoverageReader
{
    private const string Type = "llvm.coverage.json.export";

    public string Name => "llvm";

    // llvm-cov writes the type behind all the data.
    public bool Recognises(string start) => start.StartsWith('{') && (start.Contains(Type, StringComparison.Ordinal) || Data().IsMatch(start));

    public void Read(ReportFile file, CoverageReport report) => file.ReadJson(root =>
    {
        if (root.TryGetProperty("type", out var type) && type.GetString() != Type)
        {
            throw file.Refused($"is of another type than {Type}");
        }

        foreach (var data in root.GetProperty("data").EnumerateArray())
        {
            foreach (var source in data.GetProperty("files").EnumerateArray())
            {
                if (report.Named(source.GetProperty("filename").GetString() ?? "") is { } coverage)
                {
                    Lines([.. source.GetProperty("segments").EnumerateArray().Select(Segment.Read)], coverage, report);
                    Branches(source, coverage, report);
                }
            }
        }
    });

    private static void Lines(Segment[] segments, FileCoverage coverage, CoverageReport report)
    {
        Segment? reaching = null;
        for (var i = 0; i < segments.Length;)
        {
            var line = segments[i].Line;
            var first = i;
            while (i < segments.Length && segments[i].Line == line)
            {
                i++;
            }

            var here = segments[first..i];
            var starting = here.Where(segment => segment is { HasCount: true, IsEntry: true, IsGap: false }).ToArray();
            if (starting.Length > 0 || reaching is { HasCount: true })
            {
                report.Line(coverage, line, reaching is { HasCount: true, Count: > 0 } || starting.Any(segment => segment.Count > 0));
            }

            reaching = here[^1];
            var next = i < segments.Length ? segments[i].Line : line;
            if (next > CoverageReport.LastLine)
            {
                throw report.Refused($"has a segment at line {next:N0}; no file has more than {CoverageReport.LastLine:N0}");
            }

            for (var between = line + 1; between < next && reaching is { HasCount: true }; between++)
            {
                report.Line(coverage, between, reaching.Value.Count > 0);
            }
        }
    }

    // [line, column, end line, end column, taken as true, taken as false, …]
    private static void Branches(JsonElement source, FileCoverage coverage, CoverageReport report)
    {
        if (!source.TryGetProperty("branches", out var branches))
        {
            return;
        }

        foreach (var branch in branches.EnumerateArray())
        {
            var (line, column) = (Whole(branch[0]), Whole(branch[1]));
            report.Branch(coverage, line, column * 2L, branch[4].GetDouble() > 0);
            report.Branch(coverage, line, column * 2L + 1, branch[5].GetDouble() > 0);
        }
    }

    [GeneratedRegex("""^\{\s*"data"\s*:\s*\[\s*\{\s*"(files|functions|totals)"\s*:""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Data();

    private static int Whole(JsonElement number) => (int)Math.Clamp(number.GetDouble(), 0, int.MaxValue);

    /// <summary>From here on, code ran so often.</summary>
    private readonly record struct Segment(int Line, double Count, bool HasCount, bool IsEntry, bool IsGap)
    {
        public static Segment Read(JsonElement values) => new(
            Whole(values[0]),
            values[2].GetDouble(),
            values[3].GetBoolean(),
            values[4].GetBoolean(),
            values.GetArrayLength() > 5 && values[5].GetBoolean());
    }
}
