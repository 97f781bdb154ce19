using System.Collections.Immutable;
using Airworthy.Policies;

namespace Airworthy.Journeys.Workflows;

/// <summary>What is known of the units a workflow passes.</summary>
internal sealed record UnitWorth(Criticality? Criticality, ImmutableSortedSet<string> Areas, long Lines, long UnprovenLines)
{
    public static UnitWorth None { get; } = new(null, [], 0, 0);

    public UnitWorth With(UnitWorth other) => new(
        Criticality is null || other.Criticality > Criticality ? other.Criticality ?? Criticality : Criticality,
        Areas.Union(other.Areas),
        Lines + other.Lines,
        UnprovenLines + other.UnprovenLines);
}
