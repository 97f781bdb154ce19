using Airworthy.Git;
using Airworthy.Journeys.Queries;
using Airworthy.Model;

namespace Airworthy.Journeys.Agents;

/// <summary>Answers from a clone at hand, and from a server where one was named.</summary>
/// <param name="git">The clone.</param>
/// <param name="name">Its name on the server; null for the folder's.</param>
/// <param name="server">The server; null when none was named.</param>
public sealed class CloneSource(GitRepository git, string? name, IServerQueries? server) : IAgentSource
{
    public IServerQueries? Server => server;

    public Task<AgentRepository> RepositoryAsync(string? name, CancellationToken cancel) =>
        string.IsNullOrEmpty(name) || string.Equals(name, Name, StringComparison.Ordinal)
            ? Task.FromResult(new AgentRepository(git, Name))
            : throw new JourneyException(Fault.Usage, $"only the repository '{Name}' is answered for here; leave 'repository' out");

    private string Name => name ?? git.Name;
}
