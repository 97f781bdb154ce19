using System.Collections.Immutable;

namespace Airworthy.Trials.Programs;

/// <summary>A way of using the program in which head and base differ, with as few unusual values as show it.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Variation">The values that show it.</param>
/// <param name="Differences">In what they differ, the worst first; at least one.</param>
/// <param name="Seen">Variations in which it was met.</param>
public sealed record ProgramFinding(string Scenario, Variation Variation, ImmutableArray<ProgramDifference> Differences, int Seen)
{
    /// <summary>The worst difference.</summary>
    public ProgramDifference Worst => Differences[0];
}
