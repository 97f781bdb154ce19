namespace Airworthy.Journeys.Queries;

/// <summary>What a server knows of one file.</summary>
/// <param name="Runs">What production showed of its functions, the most called first.</param>
/// <param name="RunsNote">Why <paramref name="Runs"/> is empty, with what closes the gap; null when it is not.</param>
/// <param name="Incidents">Incidents whose trace goes through it, the one seen last first.</param>
/// <param name="Lessons">Lessons whose scope holds it.</param>
public sealed record CodeRecord(
    IReadOnlyList<UnitEvidence> Runs, string? RunsNote, IReadOnlyList<IncidentSummary> Incidents, IReadOnlyList<LessonSummary> Lessons);
