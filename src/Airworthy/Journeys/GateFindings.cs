using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Verification.Findings;

namespace Airworthy.Journeys;

/// <summary>Keeps of what analyzers found what stands on changed lines.</summary>
internal static class GateFindings
{
    /// <summary>The findings on changed lines, as problems of the change.</summary>
    public static ImmutableArray<ReportedProblem> Of(FindingReading found, ImmutableArray<ChangedUnit> units, Func<RepoPath, RepoPath> nameAtHead)
    {
        var changed = units.GroupBy(unit => unit.Unit.Path).ToDictionary(file => file.Key, file => file.SelectMany(unit => unit.At).Select(line => line.Number).ToHashSet());
        return
        [
            .. from finding in found.Findings
               let path = nameAtHead(finding.Path)
               where changed.TryGetValue(path, out var lines) && lines.Any(line => line >= finding.Start && line <= finding.End)
               orderby finding.Level descending, path, finding.Start
               select new ReportedProblem(
                   finding.Level == FindingLevel.Error ? ReportRules.Error : ReportRules.Remark,
                   finding.Rule.Length == 0 ? finding.Tool : finding.Rule,
                   $"{finding.Tool}: {finding.Says}",
                   finding.Source,
                   path,
                   finding.Start,
                   finding.End),
        ];
    }

    /// <summary>What must be said of those that are not shown.</summary>
    public static IEnumerable<string> Remarks(FindingReading found)
    {
        if (found.Known > 0)
        {
            yield return $"{Words.Count(found.Known, "finding")} in changed files {(found.Known == 1 ? "was" : "were")} there before";
        }

        if (found.Placeless > 0)
        {
            yield return $"{Words.Count(found.Placeless, "finding")} of the analyzers {(found.Placeless == 1 ? "names" : "name")} no line, and {(found.Placeless == 1 ? "was" : "were")} left out";
        }
    }
}
