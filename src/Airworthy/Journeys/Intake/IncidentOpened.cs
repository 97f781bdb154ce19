namespace Airworthy.Journeys.Intake;

/// <summary>The answer to a report of something broken.</summary>
/// <param name="Id">The incident, new or known.</param>
public sealed record IncidentOpened(string Id);
