using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>A piece of evidence of who wrote a change.</summary>
/// <param name="Kind">What it is, e.g. <c>trailer</c>.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Strength">How much it says.</param>
/// <param name="Value">The text that matched. From the repository: hostile.</param>
public sealed record AuthorshipSignal(string Kind, string Source, SignalStrength Strength, string Value);
