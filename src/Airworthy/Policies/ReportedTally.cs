using System.Collections.Immutable;

namespace Airworthy.Policies;

/// <summary>What reports of tests and analyzers say of a change.</summary>
/// <param name="Tests">Tests that ran; null when no report was given.</param>
/// <param name="Findings">Findings on changed lines; null when no log was given.</param>
/// <param name="Problems">What is wrong.</param>
public sealed record ReportedTally(int? Tests, int? Findings, ImmutableArray<ReportedProblem> Problems)
{
    /// <summary>No report was given.</summary>
    public static ReportedTally None { get; } = new(null, null, []);
}
