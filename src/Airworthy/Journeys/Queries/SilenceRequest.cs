namespace Airworthy.Journeys.Queries;

/// <summary>That nobody is to be told of something until a time.</summary>
/// <param name="Subject">A change as <c>repository/id</c>, a repository or a service.</param>
/// <param name="By">Who says so.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">Until when; at most 30 days.</param>
public sealed record SilenceRequest(string Subject, string By, string Reason, DateTimeOffset Until);
