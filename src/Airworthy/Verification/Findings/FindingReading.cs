using Airworthy.Model;

namespace Airworthy.Verification.Findings;

/// <summary>Reads SARIF logs and keeps what is new on the lines that changed.</summary>
/// <param name="files">The repository's files at the revision that was analyzed.</param>
/// <param name="changed">Those of them that matter.</param>
/// <param name="workTree">The folder the repository is checked out in; null for a bare one.</param>
/// <param name="place">Where a line of an analyzed file stands in the file that is judged; null when it is gone.</param>
public sealed class FindingReading(IReadOnlyCollection<RepoPath> files, IReadOnlyCollection<RepoPath> changed, string? workTree, Func<RepoPath, int, int?> place)
{
    private readonly ReportPaths _paths = new(files, workTree);
    private readonly HashSet<RepoPath> _changed = [.. changed];
    private readonly Dictionary<string, int> _baseline = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];
    private readonly List<ReportRead> _reports = [];

    /// <summary>The reports read so far.</summary>
    public IReadOnlyList<ReportRead> Reports => _reports;

    /// <summary>What was found in changed files and is not in the baseline.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Findings in changed files that were there before.</summary>
    public int Known { get; private set; }

    /// <summary>Findings that name no line of a file; they can't be held against a change.</summary>
    public int Placeless { get; private set; }

    /// <summary>Takes in a log of the base: what it holds is not new. To be called before any log of the head is added.</summary>
    /// <exception cref="EvidenceException">It can't be read.</exception>
    public void AddBaseline(ReportFile file)
    {
        foreach (var identity in SarifReader.Read(file).Results.SelectMany(result => result.Identities))
        {
            _baseline[identity] = _baseline.GetValueOrDefault(identity) + 1;
        }
    }

    /// <summary>Takes in a log of the head.</summary>
    /// <exception cref="EvidenceException">It can't be read, or names a changed file in a way that fits several.</exception>
    public void Add(ReportFile file)
    {
        var (results, placeless) = SarifReader.Read(file);
        Placeless += placeless;
        var named = _paths.Resolve([], [.. results.Select(result => result.File).Distinct(StringComparer.Ordinal)]);
        foreach (var result in results)
        {
            var candidates = named[result.File];
            if (candidates.Length > 1 && candidates.Any(_changed.Contains))
            {
                throw file.Refused($"names '{result.File}', which may be {candidates[0].Display} or {candidates[1].Display}; have it written with full paths");
            }

            if (candidates is not [var path] || !_changed.Contains(path))
            {
                continue;
            }

            if (result.IsOld || IsKnown(result))
            {
                Known++;
            }
            else if (place(path, result.Start) is { } start)
            {
                _findings.Add(new Finding(result.Tool, result.Rule, result.Level, result.Says, path, start, start + (result.End - result.Start), file.Name));
            }
        }

        _reports.Add(new ReportRead(file.Name, "sarif", named.Count, named.Values.Count(candidates => candidates.Length > 0)));
    }

    // Each finding of the baseline excuses one.
    private bool IsKnown(SarifResult result)
    {
        foreach (var identity in result.Identities)
        {
            if (_baseline.GetValueOrDefault(identity) > 0)
            {
                _baseline[identity]--;
                return true;
            }
        }

        return false;
    }
}
