using Airworthy.Journeys.Queries;

namespace Airworthy.Journeys;

/// <summary>What the server's operator may do to it, by the command line, the API or the pages.</summary>
public interface IServerActions
{
    /// <summary>Starts to read a repository: a folder on the server, or a URL to clone (https, ssh or file).</summary>
    /// <exception cref="Model.FaultException">It is no repository, can't be cloned, or its name is taken.</exception>
    Task<RepositorySummary> AddRepositoryAsync(string pathOrUrl, CancellationToken cancel);

    /// <summary>Confirms that a service runs a repository's code.</summary>
    /// <exception cref="Model.FaultException">There is no such repository.</exception>
    Task ConfirmClaimAsync(string service, string repository, CancellationToken cancel);
}
