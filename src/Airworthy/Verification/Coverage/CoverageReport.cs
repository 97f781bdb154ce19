using System.Globalization;

namespace Airworthy.Verification.Coverage;

/// <summary>What one report says, as its reader takes it in: only files with a name that is asked for are kept, and only so many entries.</summary>
/// <param name="file">The report.</param>
/// <param name="names">Names of files that matter, without their folders.</param>
internal sealed class CoverageReport(ReportFile file, IReadOnlySet<string> names)
{
    /// <summary>Lines beyond are markers, not places: a compiler's hidden sequence points stand at 0xFEEFEE.</summary>
    public const int LastLine = 1_000_000;

    private const int MaxFiles = 500_000;
    private const int MaxEntries = 20_000_000;

    private readonly Dictionary<string, FileCoverage?> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _roots = new(StringComparer.Ordinal);
    private int _entries;

    /// <summary>The folders that the report's paths may start from.</summary>
    public IReadOnlyCollection<string> Roots => _roots;

    /// <summary>The files it names, with what it says of those that were asked for.</summary>
    public IReadOnlyDictionary<string, FileCoverage?> Files => _files;

    public void AddRoot(string root)
    {
        if (root.Length > 0 && _roots.Count < 1_000)
        {
            _roots.Add(root);
        }
    }

    /// <summary>True when the file of that name may be one that is asked about.</summary>
    public bool Asks(string name) => names.Contains(name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..]);

    /// <summary>The file of that name; null when nothing is asked of it.</summary>
    public FileCoverage? Named(string name)
    {
        if (!_files.TryGetValue(name, out var coverage))
        {
            if (_files.Count == MaxFiles)
            {
                throw file.Refused($"names more than {MaxFiles:N0} files");
            }

            _files[name] = coverage = Asks(name) ? new FileCoverage() : null;
        }

        return coverage;
    }

    public void Line(FileCoverage? of, int line, bool ran)
    {
        if (of is not null && IsPlace(line))
        {
            Count();
            of.AddLine(line, ran);
        }
    }

    public void Statement(FileCoverage? of, SourceSpan at, bool ran)
    {
        if (of is not null && IsPlace(at.StartLine) && IsPlace(at.EndLine) && at.EndLine >= at.StartLine)
        {
            Count();
            of.AddStatement(at, ran);
        }
    }

    public void Branch(FileCoverage? of, int line, long way, bool taken)
    {
        if (of is not null && IsPlace(line))
        {
            Count();
            of.AddBranch(line, way, taken);
        }
    }

    /// <summary>So many ways out of the branches of a line, of which so many were taken: which ones is not told, so the first are.</summary>
    public void Branches(FileCoverage? of, int line, int all, int taken)
    {
        for (var way = 0; way < Math.Min(all, 1_000); way++)
        {
            Branch(of, line, way, way < taken);
        }
    }

    /// <summary>A refusal of the report.</summary>
    public EvidenceException Refused(string problem) => file.Refused(problem);

    /// <summary>Reads a line's number; 0 where a report says none.</summary>
    public int LineNumber(string? text, string where) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var line)
            ? (int)Math.Clamp(line, 0, int.MaxValue)
            : throw file.Refused($"has '{Quoted(text)}' where a line number belongs, {where}");

    /// <summary>True when a count says "at least once". Counts may be past any integer; a negative one is a producer's overflow, and no proof.</summary>
    public bool Ran(string? text, string where) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var count) && !double.IsNaN(count)
            ? count > 0
            : throw file.Refused($"has '{Quoted(text)}' where a count belongs, {where}");

    private static bool IsPlace(int line) => line is > 0 and <= LastLine;

    private void Count()
    {
        if (++_entries > MaxEntries)
        {
            throw file.Refused($"says more than {MaxEntries:N0} things of the changed files' names; it is no report of this repository");
        }
    }

    private static string Quoted(string? text) =>
        new([.. (text ?? "").Take(40).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)]);
}
