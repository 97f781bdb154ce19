namespace Airworthy.Debt;

/// <summary>The commit of the main line that brought a commit there, and when.</summary>
/// <param name="Place">Its place on the main line, the oldest 0.</param>
/// <param name="At">When, by the committer's dates where they agree with ancestry.</param>
public readonly record struct Landing(int Place, DateTimeOffset At);
