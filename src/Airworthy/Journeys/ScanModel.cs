namespace Airworthy.Journeys;

/// <summary>What one agent wrote with one model.</summary>
/// <param name="Name">The model, different spellings of one as one; null when not told.</param>
/// <param name="Commits">Commits.</param>
/// <param name="Lines">Living lines.</param>
public sealed record ScanModel(string? Name, long Commits, long Lines);
