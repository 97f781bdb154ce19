namespace Airworthy.Journeys.Releases;

/// <summary>Releases, the latest first.</summary>
public sealed record ReleaseList(IReadOnlyList<ReleaseSummary> Releases);
