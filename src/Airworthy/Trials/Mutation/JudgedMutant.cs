using Airworthy.Trials.Running;

namespace Airworthy.Trials.Mutation;

/// <summary>A mutant, and all that is known of it.</summary>
/// <param name="Mutant">The mutant.</param>
/// <param name="Test">What tests made of it.</param>
/// <param name="Verdict">What generated inputs say of it, where no test noticed.</param>
/// <param name="Inputs">Inputs that ran it.</param>
/// <param name="Shown">The input that shows it, and its test; null when none does. Its base is the code as it is, its head the mutant.</param>
public sealed record JudgedMutant(Mutant Mutant, MutantTest Test, MutantVerdict Verdict, long Inputs, TrialDifference? Shown)
{
    /// <summary>True when a test fails over it, or does not end.</summary>
    public bool IsNoticed => Test.Fate is MutantFate.Killed or MutantFate.TimedOut;

    /// <summary>True when it could be judged by tests: it compiles, and they were run.</summary>
    public bool IsJudged => IsNoticed || Test.Fate is MutantFate.Survived or MutantFate.NoCoverage;

    /// <summary>True when a test is missing: tests were run, none noticed, and an input shows it.</summary>
    public bool IsGap => IsJudged && !IsNoticed && Shown is not null;

    /// <summary>What became of the test of its gap; null when none was asked for.</summary>
    public string? Written { get; init; }
}
