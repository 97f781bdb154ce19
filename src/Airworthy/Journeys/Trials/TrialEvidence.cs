using System.Globalization;
using Airworthy.Model;
using Airworthy.Trials.Running;

namespace Airworthy.Journeys.Trials;

/// <summary>
/// A trial as evidence: of each unit that ran, how many inputs were tried, and how many differences nobody spoke of. What could not be tried is not among it.
/// </summary>
public static class TrialEvidence
{
    /// <summary>The evidence of a report.</summary>
    public static IEnumerable<Evidence> Of(TrialReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var bad = report.Worth.Where(finding => !finding.IsSpokenOf).Select(finding => finding.Difference).ToHashSet();
        foreach (var (unit, kind) in report.Units.SelectMany(unit => unit.Kinds.Where(kind => kind.Inputs > 0 && kind.Status != TrialStatus.Noise && kind.Kind != TrialKinds.Mutation).Select(kind => (unit.Unit, kind))))
        {
            // Robustness is a fuzz test of a new member; all else holds the head against what it was, or against what its shape promises.
            var name = kind.Kind switch
            {
                TrialKinds.Robustness => "fuzz",
                TrialKinds.Concurrency => "concurrency-trial",
                _ => "trial",
            };
            var wrong = kind.Differences.Count(bad.Contains) + (kind.Status == TrialStatus.Crashed ? 1 : 0);
            yield return new Evidence(
                name, string.Create(CultureInfo.InvariantCulture, $"airworthy trial: {kind.Kind}"), unit.Symbol, new RepoPath(unit.Path), report.Head, Math.Max(kind.Inputs, wrong), wrong, 0);
        }

        foreach (var unit in report.Units)
        {
            var judged = unit.Mutants.Where(mutant => mutant.IsJudged).ToList();
            if (judged.Count > 0)
            {
                yield return new Evidence(
                    "mutation-score", "airworthy trial: mutation", unit.Unit.Symbol, new RepoPath(unit.Unit.Path), report.Head, judged.Count, judged.Count(mutant => !mutant.IsNoticed), 0);
            }
        }
    }
}
