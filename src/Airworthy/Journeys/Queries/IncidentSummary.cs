using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>An incident in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Exception type and short message. From production: hostile.</param>
/// <param name="Service">The service it was seen in.</param>
/// <param name="Environment">The environment; empty when not told.</param>
/// <param name="FirstSeen">Event time of the first episode, UTC.</param>
/// <param name="LastSeen">Event time of the last, UTC.</param>
/// <param name="Episodes">Distinct traces it was seen in.</param>
/// <param name="Status">Open or resolved.</param>
/// <param name="Repository">The repository of its service; null while none is matched.</param>
/// <param name="Verdict">The answer's kind; null while it is sought.</param>
/// <param name="Confidence">Belief in the first suspect, 0 to 1.</param>
/// <param name="Reason">The answer in a sentence, or what it waits for.</param>
/// <param name="Suspect">The first suspect; null when there is none.</param>
public sealed record IncidentSummary(
    string Id,
    string Title,
    string Service,
    string Environment,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    long Episodes,
    IncidentStatus Status,
    string? Repository,
    AttributionVerdict? Verdict,
    double Confidence,
    string Reason,
    IncidentSuspect? Suspect)
{
    /// <summary>When it was resolved last; null while it never was.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>What resolved it last; null while it never was.</summary>
    public string? Resolution { get; init; }

    /// <summary>How often it came back after it was resolved: above 0 it is a regression.</summary>
    public long Returns { get; init; }
}
