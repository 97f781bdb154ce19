namespace Airworthy.Probes.Replay;

/// <summary>One place in which the outcomes of a call differ.</summary>
/// <param name="Path">The place, as <c>result.Cents</c> or <c>exception.type</c>.</param>
/// <param name="Base">What the base has there, as JSON; null when nothing.</param>
/// <param name="Head">What the head has there, as JSON; null when nothing.</param>
public sealed record ReplayDifference(string Path, string? Base, string? Head);
