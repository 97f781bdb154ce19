using System.Collections.Immutable;

namespace Airworthy.Journeys;

/// <summary>How much of what was counted anything is known of, from what, and how that changes over time.</summary>
/// <param name="Counted">The commits or lines, by who wrote them.</param>
/// <param name="KnownFrom">What told of those that are known: the kind of the most direct signal of each.</param>
/// <param name="Hinted">Unknown ones among them that carry a mark too weak to count.</param>
/// <param name="Trend">Month by month, the oldest first; months without any are left out.</param>
public sealed record Coverage(ScanTally Counted, ImmutableArray<ScanSource> KnownFrom, long Hinted, ImmutableArray<ScanMonth> Trend);
