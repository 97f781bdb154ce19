using System.Collections.Immutable;

namespace Airworthy.Policies;

/// <summary>A kind of evidence that a policy can ask for.</summary>
/// <param name="Name">Its name in <c>airworthy.yml</c>.</param>
/// <param name="Asks">What it is, for people: the noun phrase after "lacks".</param>
public sealed record EvidenceKind(string Name, string Asks)
{
    /// <summary>Tests executed the changed statements.</summary>
    public static EvidenceKind StatementCoverage { get; } = new("statement-coverage", "statement coverage of the changed lines");

    /// <summary>Tests notice when the changed lines are mutated.</summary>
    public static EvidenceKind MutationScore { get; } = new("mutation-score", "a mutation score of the changed lines");

    /// <summary>The change ran against its base without a difference nobody explained.</summary>
    public static EvidenceKind Trial { get; } = new("trial", "a trial of the change against its base");

    /// <summary>Production would tell of its calls to others and of the errors it keeps to itself.</summary>
    public static EvidenceKind Observability { get; } = new("observability", "telemetry of its outward calls and of the errors it swallows");

    /// <summary>A named person reviewed it.</summary>
    public static EvidenceKind HumanReview { get; } = new("human-review", "a review by a named person");

    /// <summary>Every kind there is.</summary>
    public static ImmutableArray<EvidenceKind> All { get; } = [StatementCoverage, MutationScore, Trial, Observability, HumanReview];

    /// <summary>The kind called <paramref name="name"/>; null when there is none.</summary>
    public static EvidenceKind? Find(string name) => All.FirstOrDefault(kind => string.Equals(kind.Name, name, StringComparison.Ordinal));
}
