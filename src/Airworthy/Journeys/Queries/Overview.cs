namespace Airworthy.Journeys.Queries;

/// <summary>The state of everything a server knows, the worst first.</summary>
/// <param name="Repositories">How many repositories are read.</param>
/// <param name="Services">How many services sent telemetry.</param>
/// <param name="Changes">How many changes stand in each state, by who wrote them.</param>
/// <param name="OpenIncidents">How many incidents are open.</param>
/// <param name="Attributed">How many incidents have a change as their answer, of <paramref name="OpenIncidents"/>.</param>
/// <param name="Suspects">Changes that are suspect.</param>
/// <param name="Incidents">The incidents seen last.</param>
/// <param name="Gaps">What is missing, each with what closes it.</param>
/// <param name="LastTelemetry">When telemetry arrived last; null when none did.</param>
public sealed record Overview(
    int Repositories,
    int Services,
    IReadOnlyList<ChangeCount> Changes,
    int OpenIncidents,
    int Attributed,
    IReadOnlyList<ChangeSummary> Suspects,
    IReadOnlyList<IncidentSummary> Incidents,
    IReadOnlyList<ServiceGap> Gaps,
    DateTimeOffset? LastTelemetry);
