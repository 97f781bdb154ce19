using System.Collections.Immutable;

namespace Airworthy.Trials.Programs;

/// <summary>What the trial of one scenario came to.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Tried">Variations that ran on both builds.</param>
/// <param name="Noisy">Of these, how many held something that is never the same in a build's own runs, so that nothing can be said of it.</param>
/// <param name="Ordinary">How the ordinary run ended on the base, where not with 0: then little of the program may have run; null where it did, or did not run yet.</param>
/// <param name="Untestable">Why it could not be tried; null when it could.</param>
/// <param name="Findings">Where head and base differ.</param>
public sealed record ScenarioResult(ProgramScenario Scenario, int Tried, int Noisy, string? Ordinary, string? Untestable, ImmutableArray<ProgramFinding> Findings);
