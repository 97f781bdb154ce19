namespace Airworthy.AttributionCases;

/// <summary>A candidate and its features.</summary>
internal sealed record MinedCandidate(string Commit, bool IsCause, double[] X);
