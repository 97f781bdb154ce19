using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Trials.Mutation;
using Airworthy.Trials.Reporting;

namespace Airworthy.Journeys.Trials;

/// <summary>What a trial found.</summary>
/// <param name="Base">The revision the change is to land on.</param>
/// <param name="Head">The change.</param>
/// <param name="Sandbox">How the code was kept apart.</param>
/// <param name="Units">Every unit, the worst first.</param>
/// <param name="Findings">All differences of all units, ranked: what nobody is likely to have meant first.</param>
/// <param name="NotTried">What could not be tried, and why: no evidence.</param>
/// <param name="Notes">What was done otherwise than asked, in sentences.</param>
public sealed record TrialReport(
    CommitId Base,
    CommitId Head,
    string Sandbox,
    ImmutableArray<TriedUnit> Units,
    ImmutableArray<RankedFinding> Findings,
    ImmutableArray<NotTried> NotTried,
    ImmutableArray<string> Notes)
{
    /// <summary>What became of the mutants of each project's change. The default value is none: they were not asked for.</summary>
    public ImmutableArray<MutationResult> Mutation { get; init; } = [];

    /// <summary>True when it was interrupted, and this is what was known by then.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>The differences worth showing without being asked; the others are a matter of wording, or nobody can see them from outside.</summary>
    public ImmutableArray<RankedFinding> Worth => [.. Findings.Where(finding => finding.Score >= FindingRank.Worth)];

    /// <summary>How long building and running took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>
    /// Whether something that changed was run. A caller's answer is none of what it calls: that nothing differs there does not say that the change was reached.
    /// </summary>
    public bool HasEvidence => Units.Any(unit => unit is { IsChange: true, IsTried: true });

    /// <summary>How much of the change could not be tried.</summary>
    public int ChangesNotTried => NotTried.Count(one => one.IsChange);
}
