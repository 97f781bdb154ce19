namespace Airworthy.Journeys.Queries;

/// <summary>The API's answer that lists incidents.</summary>
public sealed record IncidentList(IReadOnlyList<IncidentSummary> Incidents);
