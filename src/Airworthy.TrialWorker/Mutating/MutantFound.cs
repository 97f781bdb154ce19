using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Mutating;

/// <summary>What is known of a mutant that an input showed.</summary>
/// <param name="Recipe">The plainest input that did.</param>
/// <param name="Times">How many did.</param>
/// <param name="Since">How many had been drawn when the first did.</param>
internal sealed record MutantFound(Recipe Recipe, int Times, long Since);
