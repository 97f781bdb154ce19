using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Provenance.PullRequests;
using Airworthy.Verification;

namespace Airworthy.Journeys;

/// <summary>The gate's answer on a change.</summary>
/// <param name="Base">The revision the change is to land on.</param>
/// <param name="Head">The change's last commit.</param>
/// <param name="MergeBase">Where the two parted: what changed is counted from here.</param>
/// <param name="Policy">The policy that ruled: the base's, never the change's own.</param>
/// <param name="PolicyEdited">True when the change edits the policy.</param>
/// <param name="Judgement">The verdict, unit by unit and rule by rule.</param>
/// <param name="Lines">Changed lines at the head by who wrote them.</param>
/// <param name="Files">How many files changed.</param>
/// <param name="Unmeasured">Changed files without lines to judge, with why.</param>
public sealed record GateReport(
    CommitId Base,
    CommitId Head,
    CommitId MergeBase,
    Policy Policy,
    bool PolicyEdited,
    Judgement Judgement,
    LineTally Lines,
    int Files,
    ImmutableArray<UnmeasuredFile> Unmeasured)
{
    /// <summary>The changed statements that coverage reports speak of.</summary>
    public StatementTally Statements { get; init; }

    /// <summary>The reports that were read.</summary>
    public ImmutableArray<ReportRead> Reports { get; init; } = [];

    /// <summary>How the tests came out; null when no report of them was given.</summary>
    public TestTally? Tests { get; init; }

    /// <summary>The review of the pull request; null when not told.</summary>
    public ReviewFacts? Review { get; init; }

    /// <summary>What must be said of the reports beside the verdict.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Exceptions of the policy that lapsed and no longer hold.</summary>
    public ImmutableArray<AcceptedRisk> Lapsed { get; init; } = [];

    /// <summary>The exceptions that let something of this change rest.</summary>
    public ImmutableArray<AcceptedRisk> Accepted => [.. Judgement.Units.SelectMany(unit => unit.Accepted).Concat(Judgement.Accepted).Distinct()];

    /// <summary>The verdict as it is kept: with its reasons, the worst first, and the policy that ruled.</summary>
    public Verdict Verdict => new(
        Judgement.Kind,
        [.. Judgement.Rules.Where(rule => rule.Unmet > 0).OrderBy(rule => rule.Kind == VerdictKind.Fail ? 0 : 1).Select(rule => $"{rule.Name}: {rule.Asks}; {rule.Unmet} of {rule.Applied} do not have it")],
        Policy.Digest,
        Base);
}
