namespace Airworthy.Journeys.Queries;

/// <summary>The API's answer that lists changes.</summary>
public sealed record ChangeList(IReadOnlyList<ChangeSummary> Changes);
