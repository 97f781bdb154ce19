namespace Airworthy.Telemetry.Releases;

/// <summary>Keeps which version of a service came when. What telemetry names first is told from the arrivals, and not kept again.</summary>
public interface IReleaseStore
{
    /// <summary>Stores what was told, as one; what was told before is kept once. Gives how many were new.</summary>
    Task<int> AddAsync(IReadOnlyCollection<Release> releases, CancellationToken cancel);

    /// <summary>What was told of a service, or of all when null, together with the versions that telemetry named first; the latest first.</summary>
    Task<IReadOnlyList<Release>> ListAsync(string? service, int limit, CancellationToken cancel);

    /// <summary>Rollbacks whose consequences were not drawn yet, the latest first; of those older than a month nothing is expected any more.</summary>
    Task<IReadOnlyList<StoredRelease>> OpenRollbacksAsync(int limit, CancellationToken cancel);

    /// <summary>Says that the consequences of a rollback were drawn.</summary>
    Task CloseAsync(string id, CancellationToken cancel);
}
