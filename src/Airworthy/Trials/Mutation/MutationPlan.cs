using System.Collections.Immutable;

namespace Airworthy.Trials.Mutation;

/// <summary>The mutants of one project's change, all in one assembly, each asleep until it is switched on.</summary>
/// <param name="Assembly">The assembly; empty when there are none.</param>
/// <param name="Mutants">The mutants, also those that did not compile, in order of their ids.</param>
/// <param name="Arid">Calls on changed lines that were left alone because no test should care: logging, messages of exceptions, capacities.</param>
/// <param name="LeftOut">Mutants beyond the bound of a line or of all.</param>
public sealed record MutationPlan(string Assembly, ImmutableArray<Mutant> Mutants, int Arid, int LeftOut)
{
    /// <summary>Mutants kept of one line: more say the same of its tests again.</summary>
    public const int MostPerLine = 4;

    /// <summary>Mutants kept in all.</summary>
    public const int Most = 2000;

    public static MutationPlan Empty { get; } = new("", [], 0, 0);
}
