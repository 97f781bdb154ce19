using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>What somebody besides telemetry says of something broken: an alert, a pager, an error tracker, a person.</summary>
/// <param name="Source">Who says it: <c>alertmanager</c>, <c>command line</c>, ….</param>
/// <param name="Key">The source's own name for it: its repeats and its end carry the same. Null: what it says is its name.</param>
/// <param name="Episode">The source's name for this time that it happened: told twice it counts once.</param>
/// <param name="Title">What is wrong, in a line. Hostile text.</param>
/// <param name="Service">Which service, by the name it sends as <c>service.name</c>.</param>
/// <param name="Environment">Where; empty when not told.</param>
/// <param name="Version">What ran, as told.</param>
/// <param name="Stack">A stack trace; null when none is told. Hostile text.</param>
/// <param name="At">When it began, UTC; of an end, when it ended.</param>
/// <param name="IsOver">True when it says that it is over.</param>
public sealed record IncidentReport(
    string Source,
    string? Key,
    string Episode,
    string Title,
    string Service,
    string Environment,
    ReportedVersion Version,
    string? Stack,
    DateTimeOffset At,
    bool IsOver);
