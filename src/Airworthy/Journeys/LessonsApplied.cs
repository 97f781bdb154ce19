namespace Airworthy.Journeys;

/// <summary>What became of an instruction file.</summary>
/// <param name="Repository">The repository's name on the server.</param>
/// <param name="Written">False when the file said so already.</param>
/// <param name="Rules">How many lessons it holds now.</param>
/// <param name="LeftOut">How many more are in force.</param>
public sealed record LessonsApplied(string Repository, bool Written, int Rules, int LeftOut);
