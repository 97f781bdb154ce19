namespace Airworthy.Journeys.Agents;

/// <summary>What is known of a function.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="From">Its first line.</param>
/// <param name="To">Its last line.</param>
/// <param name="Ai">Lines of agents.</param>
/// <param name="Human">Lines attested to people.</param>
/// <param name="Unknown">Lines that nothing marks.</param>
/// <param name="Calls">Calls that production showed, over all revisions; null when nothing was observed, which is not 0.</param>
/// <param name="Bad">Those that ended in an error; null when nothing was observed.</param>
/// <param name="NeverRan">Lines that probes watch and that never ran; null when no probe watches them at the revision that was read.</param>
public sealed record UnitAnswer(Quote Unit, int From, int To, int Ai, int Human, int Unknown, long? Calls, long? Bad, IReadOnlyList<int>? NeverRan);
