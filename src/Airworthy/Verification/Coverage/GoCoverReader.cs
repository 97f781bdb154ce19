using System.Globalization;
using System.Text.RegularExpressions;

namespace Airworthy.Verification.Coverage;

/// <summary>Go's coverprofile: blocks of statements that run together, each counted as one; files by their import path.</summary>
internal sealed partial class GoCoverReader : ICoverageReader
{
    public string Name => "go";

    public bool Recognises(string start) => start.StartsWith("mode: ", StringComparison.Ordinal);

    public void Read(ReportFile file, CoverageReport report)
    {
        foreach (var (number, text) in file.Lines())
        {
            if (text.Length == 0 || text.StartsWith("mode: ", StringComparison.Ordinal))
            {
                // Profiles of several packages are often written one after the other, each with its mode.
                continue;
            }

            var block = Block().Match(text);
            if (!block.Success)
            {
                throw file.Refused($"has no block of a coverprofile at line {number}; it may be cut off: write it again");
            }

            report.Statement(
                report.Named(block.Groups["file"].Value),
                new SourceSpan(Number(block, "sl"), Number(block, "sc"), Number(block, "el"), Number(block, "ec")),
                report.Ran(block.Groups["count"].Value, $"at line {number}"));
        }
    }

    private static int Number(Match block, string name) => int.Parse(block.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<file>.+):(?<sl>\d{1,9})\.(?<sc>\d{1,9}),(?<el>\d{1,9})\.(?<ec>\d{1,9}) (?<statements>\d{1,9}) (?<count>\d+)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Block();
}
