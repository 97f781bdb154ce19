namespace Airworthy.Journeys.Agents;

/// <summary>Incidents, the one seen last first.</summary>
/// <param name="Incidents">A page of them.</param>
/// <param name="IncidentsInAll">How many there are.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
/// <param name="Note">How to read quotations.</param>
public sealed record IncidentsAnswer(IReadOnlyList<IncidentAnswer> Incidents, int IncidentsInAll, string? Next, string Note = Quote.Note);
