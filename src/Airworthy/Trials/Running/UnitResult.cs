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
    /// <summary>What is told of two that differ.</summary>
    private static readonly TrialStatus[] s_weightiest = [TrialStatus.Different, TrialStatus.Crashed, TrialStatus.Same, TrialStatus.Noise, TrialStatus.Untestable];

    /// <summary>Counters of the unit's own code that some input reached; 0 when nothing counted.</summary>
    public int Reached { get; init; }

    /// <summary>Inputs that ran what changed, on one side at least; null when nothing counted.</summary>
    public long? AtChange { get; init; }

    /// <summary>Processor time it took, in seconds; 0 while it runs.</summary>
    public double ProcessorSeconds { get; init; }

    /// <summary>True when it tells of a call that ended an earlier worker.</summary>
    public bool IsOfEnding { get; init; }

    /// <summary>This and what was found of the same unit later, or with other types, as one.</summary>
    /// <param name="later">The other.</param>
    public UnitResult And(UnitResult later)
    {
        ArgumentNullException.ThrowIfNull(later);
        var status = s_weightiest.First(one => one == Status || one == later.Status);
        return later with
        {
            Inputs = Inputs + later.Inputs,
            NotMade = NotMade + later.NotMade,
            Noise = Noise + later.Noise,
            AtChange = AtChange is null && later.AtChange is null ? null : (AtChange ?? 0) + (later.AtChange ?? 0),
            Reached = Math.Max(Reached, later.Reached),
            ProcessorSeconds = ProcessorSeconds + later.ProcessorSeconds,
            Status = status,
            Reason = (status == Status ? Reason : null) ?? (status == later.Status ? later.Reason : null),
            // Of the inputs that ended or hung a worker in one way, the simplest is told; of other differences each.
            Differences =
            [
                .. Differences.Concat(later.Differences)
                    .OrderBy(one => one.Oddness + (one.Size * 0.05))
                    .DistinctBy(one => (one.Kind, one.Property, one.Kind is DifferenceKind.Crash or DifferenceKind.Hang ? one.Head : one.Input)),
            ],
        };
    }
}
