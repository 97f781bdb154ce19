using System.Collections.Immutable;
using Airworthy.Trials;
using Airworthy.Trials.Mutation;
using Airworthy.Trials.Running;

namespace Airworthy.Journeys.Trials;

/// <summary>A unit, and what each kind of trial found of it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Kinds">The kinds that were run.</param>
public sealed record TriedUnit(TrialUnit Unit, ImmutableArray<UnitResult> Kinds)
{
    /// <summary>Its mutants, where they were asked for. The default value is none.</summary>
    public ImmutableArray<JudgedMutant> Mutants { get; init; } = [];

    /// <summary>Whether it was tried: something ran, and where head was to be held against base, that could be. A base that differs from itself says nothing.</summary>
    public bool IsTried => Kinds.Any(kind => kind.Inputs > 0) && !Kinds.Any(kind => kind.Kind == TrialKinds.Differential && (kind.Inputs == 0 || kind.Status == TrialStatus.Noise));

    /// <summary>Why it was not; null when nobody knows more than that nothing fits it.</summary>
    public string? Reason => Unit.Untestable
        ?? Kinds.Select(kind => kind.Reason).FirstOrDefault(reason => reason is not null)
        ?? (Kinds.Any(kind => kind.Status == TrialStatus.Noise) ? "the base differs from itself when it is asked twice" : null);

    /// <summary>Whether callers of what changed show no difference, of those that inputs led to it: one that none did, or that did not come back, agrees with nothing.</summary>
    /// <param name="units">All units of a change.</param>
    public static bool CallersAgree(IEnumerable<TriedUnit> units)
    {
        var callers = units.Where(unit => unit.Unit.Origin == TrialOrigin.Caller && unit.IsTried).ToList();
        return callers.Count > 0 && callers.TrueForAll(unit => unit.Kinds.All(kind => kind.Differences.IsEmpty && kind.Status != TrialStatus.Crashed));
    }

    /// <summary>Whether what it does was changed, not only what something that it may call does.</summary>
    public bool IsChange => Unit.Origin != TrialOrigin.Caller;
}
