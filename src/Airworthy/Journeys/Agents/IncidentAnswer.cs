using System.Globalization;
using Airworthy.Journeys.Queries;
using Airworthy.Model;

namespace Airworthy.Journeys.Agents;

/// <summary>An incident in a list.</summary>
/// <param name="Id">Its id, to ask <c>why_incident</c> with.</param>
/// <param name="What">What broke, as production said it.</param>
/// <param name="Service">Where.</param>
/// <param name="Episodes">In how many traces it was seen.</param>
/// <param name="LastSeen">When last.</param>
/// <param name="Verdict"><c>attributed</c>, <c>ambiguous</c>, <c>not attributable</c> or <c>waiting</c>.</param>
/// <param name="Confidence">Belief in the first suspect, 0 to 1.</param>
public sealed record IncidentAnswer(string Id, Quote What, Quote Service, long Episodes, string LastSeen, string Verdict, double Confidence)
{
    internal static IncidentAnswer Of(IncidentSummary incident) => new(
        InertText.Line(incident.Id, 80),
        Quote.Of(incident.Title, 200),
        Quote.Of(incident.Service, 80),
        incident.Episodes,
        incident.LastSeen.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        VerdictOf(incident),
        Math.Round(incident.Confidence, 2));

    internal static string VerdictOf(IncidentSummary incident) => incident.Verdict is { } verdict ? Words.Of(verdict) : "waiting";
}
