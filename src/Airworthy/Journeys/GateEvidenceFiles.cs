using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Verification;

namespace Airworthy.Journeys;

/// <summary>Says of each changed unit what evidence files tell of it: trials, replays, production.</summary>
/// <param name="tested">The files that were tested.</param>
/// <param name="head">The head that is judged.</param>
/// <param name="testedAt">The revision the evidence may also be of; null: the head's alone.</param>
internal sealed class GateEvidenceFiles(TestedFiles tested, CommitId head, CommitId? testedAt)
{
    private readonly Dictionary<string, List<Evidence>> _byUnit = new(StringComparer.Ordinal);
    private readonly HashSet<RepoPath> _files = [.. tested.Files];
    private readonly List<ReportRead> _reports = [];
    private int _stale;

    /// <summary>The files read so far.</summary>
    public IReadOnlyList<ReportRead> Reports => _reports;

    /// <summary>What must be said beside the verdict.</summary>
    public IEnumerable<string> Remarks => _stale == 0 ? [] :
        [$"{Words.Count(_stale, "piece")} of evidence made at {testedAt!.Value.Short} {(_stale == 1 ? "speaks" : "speak")} of code that changed after it, and {(_stale == 1 ? "was" : "were")} left out"];

    /// <summary>Takes in one file.</summary>
    /// <exception cref="EvidenceException">It can't be read, or is of another revision.</exception>
    public void Add(ReportFile file)
    {
        var all = EvidenceFile.Read(file);
        foreach (var evidence in all)
        {
            RefuseOther(file, evidence);
            if (!_byUnit.TryGetValue(evidence.Unit, out var known))
            {
                _byUnit.Add(evidence.Unit, known = []);
            }

            known.Add(evidence);
        }

        var paths = all.Select(evidence => evidence.Path).Distinct().ToArray();
        _reports.Add(new ReportRead(file.Name, "evidence", paths.Length, paths.Count(path => path is null || _files.Contains(path.Value))));
    }

    /// <summary>The unit with what was read of it.</summary>
    public ChangedUnit Add(ChangedUnit changed)
    {
        if (!_byUnit.TryGetValue(changed.Unit.Symbol, out var known))
        {
            return changed;
        }

        var name = tested.NameWhenTested(changed.Unit.Path);
        var here = known.Where(evidence => evidence.Path is null || evidence.Path == name || evidence.Path == changed.Unit.Path).ToArray();
        var fresh = here.Where(evidence => EvidenceFile.IsProduction(evidence) || evidence.Revision == head || !tested.ChangedLater(changed.Unit.Path, changed.Unit.Span)).ToArray();
        _stale += here.Length - fresh.Length;
        return changed with { Evidence = [.. changed.Evidence, .. fresh] };
    }

    private void RefuseOther(ReportFile file, Evidence evidence)
    {
        if (EvidenceFile.IsProduction(evidence) || evidence.Revision == head || (testedAt is not null && (evidence.Revision is null || evidence.Revision == testedAt)))
        {
            return;
        }

        throw file.Refused(evidence.Revision is { } other
            ? $"is evidence of {other.Short}, and {head.Short} is judged; make it again, or say that it may be older with '--tested-at {other.Short}'"
            : $"does not say of which revision it is evidence; make it again, or name the revision with '--tested-at'");
    }
}
