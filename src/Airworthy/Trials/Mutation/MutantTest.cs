namespace Airworthy.Trials.Mutation;

/// <summary>What tests made of a mutant; a worker writes it as soon as it knows.</summary>
/// <param name="Id">The mutant.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="By">The test that noticed it; null when none did.</param>
/// <param name="Covering">Tests that ran it.</param>
/// <param name="Ran">How many of them were run over it.</param>
public sealed record MutantTest(int Id, MutantFate Fate, string? By, int Covering, int Ran);
