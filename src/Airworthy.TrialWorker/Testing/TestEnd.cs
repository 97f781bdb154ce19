namespace Airworthy.TrialWorker.Testing;

/// <summary>How a test ended.</summary>
internal enum TestEnd
{
    Passes,

    Fails,

    /// <summary>It took many times the steps it takes without a mutant.</summary>
    DoesNotEnd,
}
