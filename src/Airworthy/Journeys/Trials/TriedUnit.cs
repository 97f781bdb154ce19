using System.Collections.Immutable;
using Airworthy.Trials;
using Airworthy.Trials.Running;

namespace Airworthy.Journeys.Trials;

/// <summary>A unit, and what each kind of trial found of it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Kinds">The kinds that were run.</param>
public sealed record TriedUnit(TrialUnit Unit, ImmutableArray<UnitResult> Kinds);
