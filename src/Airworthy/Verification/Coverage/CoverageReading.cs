using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Verification.Coverage;

/// <summary>Reads coverage reports of any format and merges what they say of the files that changed.</summary>
public sealed class CoverageReading
{
    private static readonly ImmutableArray<ICoverageReader> s_readers =
        [new CoberturaReader(), new OpenCoverReader(), new CloverReader(), new JacocoReader(), new LcovReader(), new GoCoverReader(), new LlvmReader()];

    private readonly ReportPaths _paths;
    private readonly HashSet<RepoPath> _changed;
    private readonly HashSet<string> _names;
    private readonly Func<RepoPath, int, int?> _place;
    private readonly Func<RepoPath, int?> _length;
    private readonly Dictionary<RepoPath, FileCoverage> _files = [];
    private readonly List<ReportRead> _reports = [];

    /// <param name="files">The repository's files at the revision that was tested.</param>
    /// <param name="changed">Those of them that matter.</param>
    /// <param name="workTree">The folder the repository is checked out in; null for a bare one.</param>
    /// <param name="place">Where a line of the tested file stands in the file that is judged; null when it is gone.</param>
    /// <param name="length">How many lines a tested file had; null when that is not known.</param>
    public CoverageReading(
        IReadOnlyCollection<RepoPath> files, IReadOnlyCollection<RepoPath> changed, string? workTree, Func<RepoPath, int, int?>? place = null, Func<RepoPath, int?>? length = null)
    {
        _paths = new ReportPaths(files, workTree);
        _changed = [.. changed];
        _names = new HashSet<string>(changed.Select(file => file.Name), StringComparer.OrdinalIgnoreCase);
        _place = place ?? ((_, line) => line);
        _length = length ?? (_ => null);
    }

    /// <summary>The formats that are read.</summary>
    public static ImmutableArray<string> Formats { get; } = [.. s_readers.Select(reader => reader.Name)];

    /// <summary>What is known of the changed files; one that no report names is not among them.</summary>
    public IReadOnlyDictionary<RepoPath, FileCoverage> Files => _files;

    /// <summary>The reports read so far.</summary>
    public IReadOnlyList<ReportRead> Reports => _reports;

    /// <summary>Takes in one report.</summary>
    /// <exception cref="EvidenceException">It is of no known format, broken, of another revision, or names a changed file in a way that fits several.</exception>
    public void Add(ReportFile file)
    {
        var start = file.Start();
        var reader = s_readers.FirstOrDefault(candidate => candidate.Recognises(start))
            ?? throw file.Refused($"is no coverage report that is known; known are {string.Join(", ", Formats)}");
        var report = new CoverageReport(file, _names);
        reader.Read(file, report);
        var named = _paths.Resolve(report.Roots, [.. report.Files.Keys]);
        foreach (var (name, coverage) in report.Files)
        {
            var candidates = named[name];
            if (candidates.Length > 1 && candidates.Any(_changed.Contains))
            {
                throw file.Refused(
                    $"names '{name}', which may be {candidates[0].Display} or {candidates[1].Display}; have it written with full paths, or run the tests in the folder of the repository");
            }

            if (coverage is not null && candidates is [var path] && _changed.Contains(path))
            {
                RefuseOther(file, path, coverage);
                Merge(path, coverage, $"{reader.Name}:{file.Name}");
            }
        }

        _reports.Add(new ReportRead(file.Name, reader.Name, report.Files.Count, named.Values.Count(candidates => candidates.Length > 0)));
    }

    /// <summary>A line that a file does not have was there when the report was made. (Some speak of the end of the file as a line, and Kotlin's compiler numbers what it inlines behind it.)</summary>
    private void RefuseOther(ReportFile file, RepoPath path, FileCoverage coverage)
    {
        if (_length(path) is { } length && coverage.LastLine > length + 1 && !path.Value.EndsWith(".kt", StringComparison.Ordinal))
        {
            throw file.Refused(
                $"speaks of line {coverage.LastLine:N0} of {path.Display}, which has {length:N0} lines: it was made of another revision; run the tests again, or name that revision with '--tested-at'");
        }
    }

    private void Merge(RepoPath path, FileCoverage coverage, string source)
    {
        if (!_files.TryGetValue(path, out var merged))
        {
            _files.Add(path, merged = new FileCoverage());
        }

        merged.Add(coverage, source, line => _place(path, line));
    }
}
