namespace Airworthy.Journeys.Intake;

/// <summary>Something broken, as a person or a program tells it.</summary>
/// <param name="Service">Which service, by the name it sends as <c>service.name</c>.</param>
/// <param name="Stack">A stack trace as its runtime wrote it; null when none is known.</param>
/// <param name="Symptom">What is wrong, in a sentence; needed where there is no trace.</param>
/// <param name="Environment">Where; empty or null when not told.</param>
/// <param name="Revision">What ran: a commit, a version or a tag; null when not known.</param>
/// <param name="At">When it was first seen; null means now.</param>
public sealed record IncidentRequest(
    string Service, string? Stack = null, string? Symptom = null, string? Environment = null, string? Revision = null, DateTimeOffset? At = null);
