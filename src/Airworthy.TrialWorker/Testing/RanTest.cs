namespace Airworthy.TrialWorker.Testing;

/// <summary>What came of running a test once.</summary>
/// <param name="Test">The test.</param>
/// <param name="End">How it ended.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Reached">The mutants it asked about.</param>
/// <param name="Steps">The edges it passed.</param>
internal sealed record RanTest(FoundTest Test, TestEnd End, TimeSpan Took, int[] Reached, long Steps)
{
    /// <summary>True when it did not come back in its time; its thread can't be ended but with the process.</summary>
    public bool StillRuns { get; init; }
}
