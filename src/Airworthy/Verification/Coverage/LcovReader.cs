namespace Airworthy.Verification.Coverage;

/// <summary>lcov's tracefile, as lcov, grcov, cargo-llvm-cov, c8, nyc and Coverlet write it. Lines only.</summary>
internal sealed class LcovReader : ICoverageReader
{
    public string Name => "lcov";

    public bool Recognises(string start) =>
        start.StartsWith("TN:", StringComparison.Ordinal) || start.StartsWith("SF:", StringComparison.Ordinal);

    public void Read(ReportFile file, CoverageReport report)
    {
        FileCoverage? current = null;
        var open = false;
        foreach (var (number, text) in file.Lines())
        {
            if (text.StartsWith("SF:", StringComparison.Ordinal))
            {
                (current, open) = (report.Named(text[3..].Trim()), true);
            }
            else if (text == "end_of_record")
            {
                (current, open) = (null, false);
            }
            else if (current is not null && text.StartsWith("DA:", StringComparison.Ordinal))
            {
                var parts = Parts(text, 2);
                report.Line(current, report.LineNumber(parts[0], $"at line {number}"), report.Ran(parts[1], $"at line {number}"));
            }
            else if (current is not null && text.StartsWith("BRDA:", StringComparison.Ordinal))
            {
                // Line, block, branch, how often taken; '-' where the branch was never reached. Newer versions write an 'e' before the block.
                var parts = Parts(text, 4);
                var way = HashCode(parts[1]) * 1_000_003L + HashCode(parts[2]);
                report.Branch(current, report.LineNumber(parts[0], $"at line {number}"), way, parts[3] != "-" && report.Ran(parts[3], $"at line {number}"));
            }

            string[] Parts(string record, int atLeast) =>
                record[(record.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',') is { } parts && parts.Length >= atLeast
                    ? parts
                    : throw file.Refused($"has too few values at line {number}; it may be cut off: write it again");
        }

        if (open)
        {
            throw file.Refused("ends within a record; it is cut off: write it again");
        }
    }

    /// <summary>A number for a block's or branch's name, the same in every run.</summary>
    private static long HashCode(string name)
    {
        var hash = 17L;
        foreach (var c in name)
        {
            hash = (hash * 31 + c) % 1_000_000_007;
        }

        return hash;
    }
}
