namespace Airworthy.Journeys;

/// <summary>Files whose lines are not counted.</summary>
/// <param name="Reason">Why, in a few words: <c>binary</c>…</param>
/// <param name="Files">How many.</param>
public sealed record ScanSkipped(string Reason, int Files);
