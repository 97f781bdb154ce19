namespace Airworthy.Journeys.Releases;

/// <summary>That a version of a service was deployed, as a pipeline tells it.</summary>
/// <param name="Service">By the name it sends as <c>service.name</c>.</param>
/// <param name="Revision">The commit that runs now; a version or tag will do. After a rollback it is the one that runs again.</param>
/// <param name="Environment">Where; not told when left out.</param>
/// <param name="At">When; now when left out.</param>
/// <param name="RolledBack">True when the service was brought back to it, since what ran after it was no good.</param>
public sealed record DeploymentRequest(string? Service, string? Revision, string? Environment = null, DateTimeOffset? At = null, bool RolledBack = false);
