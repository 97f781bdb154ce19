namespace Airworthy.Journeys.Queries;

/// <summary>The operator's wish to have a repository read: either a folder on the server or a URL to clone.</summary>
public sealed record RepositoryRequest(string? Path = null, string? Url = null);
