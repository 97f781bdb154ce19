using System.Globalization;
using Airworthy.Journeys.Queries;
using Airworthy.Model;

namespace Airworthy.Journeys.Agents;

/// <summary>Answers why an incident happened, and which incidents there are.</summary>
public sealed class WhyIncident(IAgentSource source, TimeProvider time)
{
    private const int FramesOfPage = 10;
    private const int IncidentsOfPage = 10;
    private const int MostIncidents = 500;
    private const int MostSuspects = 3;
    private const int MostReasons = 5;

    /// <param name="id">The incident.</param>
    /// <param name="cursor">Where to go on in its trace.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="FaultException">There is no such incident, or no server that would know.</exception>
    public async Task<WhyAnswer> AnswerAsync(string? id, string? cursor, CancellationToken cancel)
    {
        var detail = string.IsNullOrWhiteSpace(id) ? null : await Server.IncidentAsync(id, cancel);
        _ = detail ?? throw new JourneyException(Fault.Usage, $"there is no incident '{InertText.Line(id ?? "", 80)}'; 'recent_incidents' lists them");
        var page = AnswerPage<TraceFrame>.Of(detail.Frames, cursor, FramesOfPage);
        return new WhyAnswer(
            IncidentAnswer.Of(detail.Incident),
            detail.Incident.FirstSeen.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Quote.Of(detail.Versions, MostReasons),
            Quote.Of(detail.Incident.Reason),
            detail.Revision?.Sha is { Length: >= 12 } commit ? commit[..12] : null,
            detail.Revision?.Degraded ?? false,
            [.. detail.Suspects.Take(MostSuspects).Select(Suspect)],
            [.. page.Items.Select(Frame)],
            page.Total,
            [.. detail.Lessons.Where(lesson => RuleAnswer.IsInForce(lesson, time.GetUtcNow())).Take(MostReasons).Select(RuleAnswer.Of)],
            Quote.OfOptional(detail.Proof),
            page.Next);
    }

    /// <summary>The incidents, the one seen last first.</summary>
    /// <exception cref="FaultException">There is no server that would know.</exception>
    public async Task<IncidentsAnswer> ListAsync(string? service, string? cursor, CancellationToken cancel)
    {
        var known = (await Server.IncidentsAsync(MostIncidents, cancel))
            .Where(incident => string.IsNullOrEmpty(service) || string.Equals(incident.Service, service, StringComparison.Ordinal))
            .ToArray();
        var page = AnswerPage<IncidentSummary>.Of(known, cursor, IncidentsOfPage);
        return new IncidentsAnswer([.. page.Items.Select(IncidentAnswer.Of)], page.Total, page.Next);
    }

    private IServerQueries Server => source.Server
        ?? throw new JourneyException(Fault.Usage, "incidents are kept by a server, and none is asked; start with 'airworthy mcp --server URL'");

    private static SuspectAnswer Suspect(IncidentSuspect suspect) => new(
        suspect.Sha[..Math.Min(12, suspect.Sha.Length)],
        Quote.OfOptional(suspect.Title),
        Words.Of(suspect.Role),
        Math.Round(suspect.Score, 2),
        Quote.Of(suspect.Reasons, MostReasons),
        Quote.OfOptional(suspect.Proof),
        Words.Of(suspect.Authorship),
        Quote.Of(suspect.Agents.Select(agent => agent.Model is null ? agent.Agent : $"{agent.Agent} ({agent.Model})"), MostReasons));

    private static FrameAnswer Frame(TraceFrame frame) => new(
        Quote.OfOptional(frame.Unit ?? frame.Symbol),
        frame.Path is null ? null : Quote.Of(frame.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{frame.Path}:{line}") : frame.Path),
        frame.InApp);
}
