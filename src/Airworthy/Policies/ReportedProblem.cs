using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>What reports say against a change beside its units: a test that failed, an analyzer's finding on a changed line.</summary>
/// <param name="Rule">The rule it is against, of <see cref="ReportRules"/>.</param>
/// <param name="Name">The test, or the analyzer's rule.</param>
/// <param name="Says">What is wrong, as a sentence.</param>
/// <param name="Source">The report.</param>
/// <param name="Path">The file; null when not known.</param>
/// <param name="Start">Its first line at the head; 0 when not known.</param>
/// <param name="End">Its last line.</param>
public sealed record ReportedProblem(string Rule, string Name, string Says, string Source, RepoPath? Path, int Start, int End)
{
    /// <summary>What it does to the verdict.</summary>
    public VerdictKind Level => ReportRules.LevelOf(Rule);
}
