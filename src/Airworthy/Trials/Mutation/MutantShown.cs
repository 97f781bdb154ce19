using Airworthy.Trials.Running;

namespace Airworthy.Trials.Mutation;

/// <summary>What generated inputs made of a mutant; a worker writes it again when it knows more.</summary>
/// <param name="Id">The mutant; 0 on a line that only says that a unit is done.</param>
/// <param name="Unit">The unit that was called, by its index in the plan.</param>
/// <param name="Inputs">Inputs that ran it.</param>
/// <param name="Difference">The smallest input that shows it; null when none does.</param>
/// <param name="IsDone">True when the unit is done.</param>
public sealed record MutantShown(int Id, int Unit, long Inputs, TrialDifference? Difference, bool IsDone);
