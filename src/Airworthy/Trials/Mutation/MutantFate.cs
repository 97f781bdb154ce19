namespace Airworthy.Trials.Mutation;

/// <summary>What became of a mutant.</summary>
public enum MutantFate
{
    /// <summary>A test fails over it.</summary>
    Killed,

    /// <summary>A test does not come to its end over it.</summary>
    TimedOut,

    /// <summary>Tests ran it, and none failed.</summary>
    Survived,

    /// <summary>No test ran it.</summary>
    NoCoverage,

    /// <summary>The compiler refused it.</summary>
    NotCompiled,

    /// <summary>There was no time to run tests over it.</summary>
    NotTested,
}
