using System.Collections.Immutable;

namespace Airworthy.Model;

/// <summary>Something broke: one fingerprint of one service in one environment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Fingerprint">What groups its episodes: exception types and normalised in-app frames.</param>
/// <param name="Title">Exception type and short message. Hostile text.</param>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Environment"><c>deployment.environment.name</c>; empty when not told.</param>
/// <param name="Source">Where it was seen first, e.g. <c>otlp</c>.</param>
/// <param name="FirstSeen">Event time of the first episode, UTC.</param>
/// <param name="LastSeen">Event time of the last, UTC.</param>
/// <param name="Episodes">Distinct traces it was seen in (an exception without a trace counts as its own).</param>
/// <param name="Versions">Versions it was seen in, as sent, oldest first.</param>
/// <param name="Stack">The raw stack trace of the first episode. Hostile text.</param>
/// <param name="Status">Open or resolved.</param>
/// <param name="Repository">The repository its service was matched to; null while none is.</param>
/// <param name="Attribution">The answer; null until it was sought.</param>
public sealed record Incident(
    IncidentId Id,
    string Fingerprint,
    string Title,
    string Service,
    string Environment,
    string Source,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    long Episodes,
    ImmutableArray<ReportedVersion> Versions,
    string Stack,
    IncidentStatus Status,
    string? Repository,
    Attribution? Attribution)
{
    /// <summary>When it was resolved last; null while it never was.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>What resolved it last, in words: <c>rollback to 1.3.0</c>, or the source that said so.</summary>
    public string? Resolution { get; init; }

    /// <summary>How often it came back after it was resolved: above 0 it is a regression.</summary>
    public long Returns { get; init; }

    /// <summary>How often its question was put anew, by what an operator mapped or an experiment proved; 0 at first.</summary>
    public long Asked { get; init; }

    /// <summary>The incident as it is after it was seen once more: what was resolved before that comes back.</summary>
    public Incident SeenAt(DateTimeOffset at)
    {
        var returned = Status == IncidentStatus.Resolved && (ResolvedAt is not { } resolved || at > resolved);
        return this with
        {
            FirstSeen = at < FirstSeen ? at : FirstSeen,
            LastSeen = at > LastSeen ? at : LastSeen,
            Status = returned ? IncidentStatus.Open : Status,
            Returns = Returns + (returned ? 1 : 0),
        };
    }

    /// <summary>The incident as it is when something ended it.</summary>
    public Incident ResolvedBy(string what, DateTimeOffset at) => this with { Status = IncidentStatus.Resolved, ResolvedAt = at, Resolution = what };
}
