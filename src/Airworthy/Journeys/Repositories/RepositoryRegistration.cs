using System.Collections.Concurrent;
using Airworthy.Git;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Repositories;

/// <summary>Takes repositories in, by folder or by URL, and keeps the operator's word on which services run them.</summary>
public sealed class RepositoryRegistration(IServiceRegistry registry, RepositoryShelf shelf, string cloneDirectory) : IServerActions, IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly ConcurrentDictionary<string, byte> _named = new(StringComparer.Ordinal);

    /// <summary>True when the operator named the repository on the command line of this very server.</summary>
    public bool IsNamedByOperator(string repository) => _named.ContainsKey(repository);

    /// <summary>Takes in a folder that the operator named on the server's command line.</summary>
    /// <exception cref="FaultException">It is no repository, or its name is taken by another.</exception>
    public async Task NameAsync(string folder, CancellationToken cancel) =>
        _named.TryAdd((await RegisterAsync(folder, origin: null, cancel)).Name, 0);

    public async Task<RepositorySummary> AddRepositoryAsync(string pathOrUrl, CancellationToken cancel)
    {
        var registered = CloneUrl.IsUrl(pathOrUrl)
            ? await CloneAsync(CloneUrl.Parse(pathOrUrl), cancel)
            : await RegisterAsync(RequireAbsolute(pathOrUrl), origin: null, cancel);
        var git = await shelf.OpenAsync(registered, cancel);
        var tip = await git.TryResolveAsync("HEAD", cancel);
        return new RepositorySummary(registered.Name, registered.Origin, registered.Location, tip?.Hex, Changes: 0, [], Problem: null);
    }

    public async Task ConfirmClaimAsync(string service, string repository, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(service))
        {
            throw new JourneyException(Fault.Usage, "The service has no name; give the one it sends as service.name.");
        }

        var known = await registry.RepositoriesAsync(cancel);
        if (!known.Any(r => string.Equals(r.Name, repository, StringComparison.Ordinal)))
        {
            throw new JourneyException(Fault.Usage, $"There is no repository named {repository}; add it with 'airworthy repos add PATH'.");
        }

        await registry.ClaimAsync(new ServiceClaim(service, repository, Confirmed: true), cancel);
    }

    public void Dispose() => _oneAtATime.Dispose();

    private static string RequireAbsolute(string path) =>
        Path.IsPathFullyQualified(path)
            ? path
            : throw new JourneyException(Fault.Usage, $"{path} is not an absolute folder; the server can't know where it starts from.");

    private async Task<RegisteredRepository> RegisterAsync(string folder, string? origin, CancellationToken cancel)
    {
        string name;
        string location;
        await using (var git = await GitRepository.OpenAsync(folder, cancel))
        {
            name = git.Name;
            location = Path.GetFullPath(git.Directory);
        }

        await _oneAtATime.WaitAsync(cancel);
        try
        {
            var known = await registry.RepositoriesAsync(cancel);
            if (known.FirstOrDefault(r => string.Equals(r.Location, location, StringComparison.Ordinal)) is { } same)
            {
                return same;
            }

            if (known.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.Ordinal)) is { } other)
            {
                throw new JourneyException(
                    Fault.Usage, $"The name {name} is taken by the repository in {other.Location}; give one of the two folders another name.");
            }

            var registered = new RegisteredRepository(name, location, origin);
            await registry.AddRepositoryAsync(registered, cancel);
            return registered;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<RegisteredRepository> CloneAsync(CloneUrl url, CancellationToken cancel)
    {
        var known = await registry.RepositoriesAsync(cancel);
        if (known.FirstOrDefault(r => string.Equals(r.Origin, url.Text, StringComparison.Ordinal)) is { } same)
        {
            return same;
        }

        var folder = Path.Combine(cloneDirectory, url.Name + ".git");
        if (Directory.Exists(folder))
        {
            throw new JourneyException(Fault.Usage, $"The name {url.Name} is taken by another repository that was cloned before.");
        }

        await GitClone.BareAsync(url.Text, folder, cancel);
        return await RegisterAsync(folder, url.Text, cancel);
    }
}
