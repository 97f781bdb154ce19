using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>What was answered of an incident before the answer that counts.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Verdict">The answer's kind.</param>
/// <param name="Confidence">Belief in the first suspect, 0 to 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="Revision">Where was blamed then.</param>
/// <param name="Suspect">The first suspect; null when there was none.</param>
public sealed record EarlierAnswer(
    DateTimeOffset At, AttributionVerdict Verdict, double Confidence, string Reason, RunningRevision Revision, IncidentSuspect? Suspect);
