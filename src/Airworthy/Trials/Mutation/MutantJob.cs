using System.Collections.Immutable;
using Airworthy.Trials.Running;

namespace Airworthy.Trials.Mutation;

/// <summary>Asks a worker to find inputs that show mutants.</summary>
/// <param name="Run">The plan, the units to call, chance, time and files; its kinds and ended calls are not looked at.</param>
/// <param name="Mutants">The mutants to show, by id.</param>
public sealed record MutantJob(RunJob Run, ImmutableArray<int> Mutants);
