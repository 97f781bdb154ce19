namespace Airworthy.Journeys.Queries;

/// <summary>That a person has seen that a change is suspect.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">What is done about it.</param>
public sealed record AcknowledgementRequest(string By, string Reason);
