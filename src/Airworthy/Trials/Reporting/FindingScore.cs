using System.Collections.Immutable;

namespace Airworthy.Trials.Reporting;

/// <summary>Where a difference stands among others.</summary>
/// <param name="Score">Higher is worse; only the order means anything.</param>
/// <param name="Reasons">Why, in words.</param>
/// <param name="IsSpokenOf">True when the change says that it means to change this.</param>
public sealed record FindingScore(double Score, ImmutableArray<string> Reasons, bool IsSpokenOf);
