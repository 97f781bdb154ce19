using System.Collections.Immutable;

namespace Airworthy.Trials.Running;

/// <summary>What one kind of trial found of one unit; a worker writes it again when it knows more.</summary>
/// <param name="Unit">The unit, by its index in the plan.</param>
/// <param name="Kind">The kind: <c>differential</c>, <c>robustness</c>, <c>properties</c>, and so on.</param>
/// <param name="Status">How it went.</param>
/// <param name="Inputs">Inputs tried to their end.</param>
/// <param name="NotMade">Inputs that could not be built, which say nothing of the unit.</param>
/// <param name="Noise">Inputs on which the base differed from itself.</param>
/// <param name="Reason">Why there is no evidence, where there is none.</param>
/// <param name="Differences">What was found, in no order.</param>
public sealed record UnitResult(
    int Unit, string Kind, TrialStatus Status, long Inputs, long NotMade, long Noise, string? Reason, ImmutableArray<TrialDifference> Differences)
{
    /// <summary>Counters of the unit's own code that some input reached; 0 when nothing counted.</summary>
    public int Reached { get; init; }

    /// <summary>Inputs that ran what changed, on one side at least; null when nothing counted.</summary>
    public long? AtChange { get; init; }

    /// <summary>Processor time it took, in seconds; 0 while it runs.</summary>
    public double ProcessorSeconds { get; init; }

    /// <summary>True when it tells of a call that ended an earlier worker.</summary>
    public bool IsOfEnding { get; init; }
}
