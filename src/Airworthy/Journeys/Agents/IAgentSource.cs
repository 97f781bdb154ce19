using Airworthy.Journeys.Queries;
using Airworthy.Model;

namespace Airworthy.Journeys.Agents;

/// <summary>Where an agent's questions are answered from: a clone, a server, or both.</summary>
public interface IAgentSource
{
    /// <summary>What a server knows; null when none is asked.</summary>
    IServerQueries? Server { get; }

    /// <summary>The repository an agent speaks of; without a name the only one there is.</summary>
    /// <exception cref="FaultException">There is none of that name, or more than one and none was named.</exception>
    Task<AgentRepository> RepositoryAsync(string? name, CancellationToken cancel);
}
