using System.Collections.Immutable;
using Airworthy.Trials;
using Airworthy.Trials.Running;

namespace Airworthy.Journeys.Trials;

/// <summary>A difference, how likely it is that nobody meant it, and why.</summary>
/// <param name="Rank">From 1, over all units.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Difference">What was found.</param>
/// <param name="Score">Higher is worse; only its order means anything.</param>
/// <param name="Reasons">Why it ranks there, in words.</param>
/// <param name="IsSpokenOf">True when the change says that it means to change this.</param>
public sealed record RankedFinding(int Rank, TrialUnit Unit, TrialDifference Difference, double Score, ImmutableArray<string> Reasons, bool IsSpokenOf)
{
    /// <summary>What became of its test; null when none was asked for.</summary>
    public string? Test { get; init; }
}
