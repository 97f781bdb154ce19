using System.Collections.Immutable;

namespace Airworthy.Trials.Mutation;

/// <summary>Asks a worker to run tests over mutants.</summary>
/// <param name="Tests">The test assembly.</param>
/// <param name="Mutated">The assembly that stands in for the one the tests were built against.</param>
/// <param name="Mutants">The mutants to judge, by id.</param>
/// <param name="Only">Only tests whose name begins so; empty for all.</param>
/// <param name="Seconds">How long it may take.</param>
/// <param name="PatienceSeconds">How long one test may take at least before it is told not to end.</param>
/// <param name="Results">The file the worker appends to, a line of JSON each: what began and what came of it.</param>
public sealed record TestJob(
    string Tests, string Mutated, ImmutableArray<int> Mutants, string Only, double Seconds, double PatienceSeconds, string Results);
