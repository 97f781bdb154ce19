using System.Collections.Immutable;

namespace Airworthy.Trials.Mutation;

/// <summary>What became of the mutants of one project's change.</summary>
/// <param name="Mutants">Each of them.</param>
/// <param name="Suite">The tests that were run; null when no test project was there or it could not be built.</param>
/// <param name="NoTests">Why no tests were run; null when they were.</param>
/// <param name="Arid">Calls left alone because no test should care.</param>
/// <param name="LeftOut">Mutants beyond the bounds.</param>
/// <param name="Seconds">How long judging took, without builds.</param>
public sealed record MutationResult(ImmutableArray<JudgedMutant> Mutants, TestSuite? Suite, string? NoTests, int Arid, int LeftOut, double Seconds)
{
    /// <summary>The text at the head of each file that has mutants, by its path.</summary>
    public ImmutableDictionary<string, string> Sources { get; init; } = ImmutableDictionary<string, string>.Empty;
}
