using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Agents;

/// <summary>Answers from the repositories and stores of the server itself.</summary>
public sealed class ShelfSource(IServiceRegistry registry, RepositoryShelf shelf, IServerQueries server) : IAgentSource
{
    private const int Named = 10;

    public IServerQueries Server => server;

    public async Task<AgentRepository> RepositoryAsync(string? name, CancellationToken cancel)
    {
        var known = (await registry.RepositoriesAsync(cancel)).Select(repository => repository.Name).ToArray();
        var chosen = string.IsNullOrEmpty(name) ? (known is [var only] ? only : null) : known.FirstOrDefault(one => string.Equals(one, name, StringComparison.Ordinal));
        return chosen is not null && await shelf.OpenAsync(chosen, cancel) is { } git
            ? new AgentRepository(git, chosen)
            : throw new JourneyException(
                Fault.Usage,
                known.Length == 0
                    ? "the server reads no repository yet; its operator adds one with 'airworthy repos add'"
                    : $"name one of the server's repositories in 'repository': {string.Join(", ", known.Take(Named))}");
    }
}
