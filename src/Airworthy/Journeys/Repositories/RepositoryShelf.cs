using System.Collections.Concurrent;
using Airworthy.Git;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Repositories;

/// <summary>The repositories that the server reads, each opened once and kept open.</summary>
/// <param name="registry">The repositories.</param>
/// <param name="cacheFolder">Where what was found of them is kept, for the next start too.</param>
public sealed class RepositoryShelf(IServiceRegistry registry, string cacheFolder) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<GitRepository>>> _open = new(StringComparer.Ordinal);

    /// <summary>A registered repository, open; null when none has that name.</summary>
    /// <exception cref="GitException">It is registered and can't be read now.</exception>
    public async Task<GitRepository?> OpenAsync(string name, CancellationToken cancel)
    {
        if (_open.TryGetValue(name, out var open) && open.Value is { IsFaulted: false, IsCanceled: false })
        {
            return await open.Value.WaitAsync(cancel);
        }

        var registered = (await registry.RepositoriesAsync(cancel)).FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.Ordinal));
        return registered is null ? null : await OpenAsync(registered, cancel);
    }

    /// <summary>A registered repository, open.</summary>
    /// <exception cref="GitException">It can't be read now.</exception>
    public async Task<GitRepository> OpenAsync(RegisteredRepository registered, CancellationToken cancel)
    {
        var open = _open.GetOrAdd(registered.Name, _ => new(() => GitRepository.OpenAsync(registered.Location, CancellationToken.None, cacheFolder)));
        try
        {
            return await open.Value.WaitAsync(cancel);
        }
        catch (GitException)
        {
            // It may be mended meanwhile: the next who asks tries again.
            _open.TryRemove(KeyValuePair.Create(registered.Name, open));
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var open in _open.Values)
        {
            if (open.IsValueCreated && open.Value.IsCompletedSuccessfully)
            {
                await (await open.Value).DisposeAsync();
            }
        }

        _open.Clear();
    }
}
