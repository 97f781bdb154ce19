namespace Airworthy.Journeys.Queries;

/// <summary>That a service runs a repository's code.</summary>
/// <param name="Repository">The repository's name.</param>
/// <param name="Confirmed">True when the operator said so.</param>
public sealed record RepositoryClaim(string Repository, bool Confirmed);
