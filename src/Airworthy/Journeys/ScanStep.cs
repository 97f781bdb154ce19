namespace Airworthy.Journeys;

/// <summary>How far a scan is, for a person who waits.</summary>
/// <param name="Doing">What is being done, e.g. <c>reading commits</c>.</param>
/// <param name="Done">How many so far.</param>
/// <param name="Total">Of how many; null when not known.</param>
public readonly record struct ScanStep(string Doing, long Done, long? Total);
