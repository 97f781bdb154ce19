namespace Airworthy.Verification.Outcomes;

/// <summary>How a test came out; the later, the worse.</summary>
public enum TestOutcome
{
    Skipped,
    Passed,

    /// <summary>It failed in one attempt and passed in another.</summary>
    Flaky,
    Failed,
}
