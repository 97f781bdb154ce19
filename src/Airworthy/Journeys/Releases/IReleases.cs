namespace Airworthy.Journeys.Releases;

/// <summary>Which version of a service came when. The server's own process answers from its store, elsewhere it goes over HTTP.</summary>
public interface IReleases
{
    /// <summary>Stores what a pipeline tells; durable when it returns.</summary>
    /// <exception cref="Model.FaultException">Something of it is missing or can't be.</exception>
    Task<ReleaseSummary> DeployedAsync(DeploymentRequest request, CancellationToken cancel);

    /// <summary>What is known of a service, or of all when null, the latest first.</summary>
    Task<IReadOnlyList<ReleaseSummary>> ReleasesAsync(string? service, int limit, CancellationToken cancel);
}
