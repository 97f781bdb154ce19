namespace Airworthy.Trials.Mutation;

/// <summary>What was run of a test project, before any mutant was.</summary>
/// <param name="Found">Test cases found.</param>
/// <param name="Passed">Those that pass here, twice where they ran a mutant: only they can notice one.</param>
/// <param name="Failed">Those that fail here with no mutant: they may need what a worker is not, as a file or a network.</param>
/// <param name="NotRun">Those of a shape that is not run here, or for which there was no time.</param>
public sealed record TestSuite(int Found, int Passed, int Failed, int NotRun);
