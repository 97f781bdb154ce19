namespace Airworthy.Journeys.Queries;

/// <summary>The API's answer that lists repositories.</summary>
public sealed record RepositoryList(IReadOnlyList<RepositorySummary> Repositories);
