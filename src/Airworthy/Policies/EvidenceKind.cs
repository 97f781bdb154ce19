using System.Collections.Immutable;

namespace Airworthy.Policies;

/// <summary>A kind of evidence that a policy can ask for.</summary>
/// <param name="Name">Its name in <c>airworthy.yml</c>.</param>
/// <param name="Asks">What it is, for people: the noun phrase after "lacks".</param>
public sealed record EvidenceKind(string Name, string Asks)
{
    /// <summary>Tests executed the changed statements.</summary>
    public static EvidenceKind StatementCoverage { get; } = new("statement-coverage", "statement coverage of the changed lines");

    /// <summary>Tests took every way out of the changed branches.</summary>
    public static EvidenceKind BranchCoverage { get; } = new("branch-coverage", "coverage of the changed branches");

    /// <summary>Tests notice when the changed lines are mutated.</summary>
    public static EvidenceKind MutationScore { get; } = new("mutation-score", "a mutation score of the changed lines");

    /// <summary>The change ran against its base without a difference nobody explained.</summary>
    public static EvidenceKind Trial { get; } = new("trial", "a trial of the change against its base");

    /// <summary>Generated inputs exercised it: a property or a fuzz test, for parsers and protocols.</summary>
    public static EvidenceKind Fuzz { get; } = new("fuzz", "a property or fuzz test of it");

    /// <summary>It ran under many interleavings, for shared state.</summary>
    public static EvidenceKind ConcurrencyTrial { get; } = new("concurrency-trial", "a trial under concurrency");

    /// <summary>Workflows recorded in production were replayed over it.</summary>
    public static EvidenceKind WorkflowReplay { get; } = new("workflow-replay", "a replay of recorded workflows");

    /// <summary>Production would tell of its calls to others and of the errors it keeps to itself.</summary>
    public static EvidenceKind Observability { get; } = new("observability", "telemetry of its outward calls and of the errors it swallows");

    /// <summary>A named person reviewed it.</summary>
    public static EvidenceKind HumanReview { get; } = new("human-review", "a review by a named person");

    /// <summary>A feature flag can turn the change off.</summary>
    public static EvidenceKind BehindFlag { get; } = new("behind-flag", "a feature flag around the changed lines");

    /// <summary>Every kind there is.</summary>
    public static ImmutableArray<EvidenceKind> All { get; } =
        [StatementCoverage, BranchCoverage, MutationScore, Trial, Fuzz, ConcurrencyTrial, WorkflowReplay, Observability, HumanReview, BehindFlag];

    /// <summary>The share of good observations that is asked where a policy says no other: all, but of mutants, since some change nothing a test can see.</summary>
    public double Least => this == MutationScore ? 0.8 : 1;

    /// <summary>The option by which the gate reads it; null when an evidence file tells it.</summary>
    public string? OwnOption => this == StatementCoverage || this == BranchCoverage ? "--coverage"
        : this == MutationScore ? "--mutation"
        : this == HumanReview ? "--reviews"
        : this == Observability || this == BehindFlag ? "the code itself"
        : null;

    /// <summary>True when a part of it can be asked, as a share above 0 and up to 1.</summary>
    public bool IsShare => this == StatementCoverage || this == BranchCoverage || this == MutationScore;

    /// <summary>The kind called <paramref name="name"/>; null when there is none.</summary>
    public static EvidenceKind? Find(string name) => All.FirstOrDefault(kind => string.Equals(kind.Name, name, StringComparison.Ordinal));
}
