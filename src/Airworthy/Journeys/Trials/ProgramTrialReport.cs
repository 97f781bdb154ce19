using System.Collections.Immutable;
using Airworthy.Trials.Programs;

namespace Airworthy.Journeys.Trials;

/// <summary>What a program makes of its scenarios, as it was and as it is.</summary>
/// <param name="Base">The revision compared with.</param>
/// <param name="Head">The revision compared.</param>
/// <param name="Scenarios">Each scenario's result, in order.</param>
/// <param name="Findings">What differs, the worst first.</param>
public sealed record ProgramTrialReport(string Base, string Head, ImmutableArray<ScenarioResult> Scenarios, ImmutableArray<RankedProgramFinding> Findings)
{
    /// <summary>True when something could be run on both.</summary>
    public bool HasEvidence => Scenarios.Any(result => result is { Untestable: null, Tried: > 0 });
}
