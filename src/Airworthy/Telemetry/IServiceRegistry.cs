namespace Airworthy.Telemetry;

/// <summary>Keeps which repositories there are and which services run their code.</summary>
public interface IServiceRegistry
{
    Task AddRepositoryAsync(RegisteredRepository repository, CancellationToken cancel);

    Task<IReadOnlyList<RegisteredRepository>> RepositoriesAsync(CancellationToken cancel);

    /// <summary>Adds a claim, or confirms one; a confirmed claim is never un-confirmed by a sender.</summary>
    Task ClaimAsync(ServiceClaim claim, CancellationToken cancel);

    Task<IReadOnlyList<ServiceClaim>> ClaimsAsync(CancellationToken cancel);

    /// <summary>Keeps an operator's word on what a service's telemetry means; earlier ones stay.</summary>
    Task MapAsync(string service, ServiceMapping mapping, CancellationToken cancel);

    /// <summary>Every such word, the oldest first.</summary>
    Task<IReadOnlyList<ServiceMapping>> MappingsAsync(CancellationToken cancel);
}
