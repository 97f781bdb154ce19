namespace Airworthy.Journeys.Queries;

/// <summary>The operator's word that a service runs a repository's code.</summary>
/// <param name="Repository">The repository's name.</param>
public sealed record ClaimRequest(string Repository);
