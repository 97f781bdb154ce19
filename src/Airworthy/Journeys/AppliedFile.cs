namespace Airworthy.Journeys;

/// <summary>What became of one instruction file.</summary>
/// <param name="File">The file, from the repository's top.</param>
/// <param name="Written">False when it said so already, or was left as it is.</param>
/// <param name="Rules">How many lessons it holds now.</param>
/// <param name="Problem">Why it was left as it is, in a sentence; null when it was not.</param>
public sealed record AppliedFile(string File, bool Written, int Rules, string? Problem = null);
