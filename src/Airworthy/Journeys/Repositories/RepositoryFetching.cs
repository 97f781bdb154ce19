using Airworthy.Git;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Repositories;

/// <summary>Brings the repositories that were cloned by URL up to date, each at most once in an interval.</summary>
public sealed class RepositoryFetching(IServiceRegistry registry, TimeProvider time)
{
    private readonly Dictionary<string, DateTimeOffset> _fetched = new(StringComparer.Ordinal);

    /// <summary>How long a clone stays as it is. The default value is one minute.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Fetches what is due; an origin that does not answer is tried again after the interval.</summary>
    /// <returns>Why repositories could not be fetched this time, by name.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FetchAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var repository in await registry.RepositoriesAsync(cancel))
        {
            if (repository.Origin is not { } origin || !IsDue(repository.Name, now))
            {
                continue;
            }

            try
            {
                await GitClone.FetchAsync(repository.Location, origin, cancel);
            }
            catch (GitException e)
            {
                problems[repository.Name] = e.Message;
            }
        }

        return problems;
    }

    private bool IsDue(string name, DateTimeOffset now)
    {
        if (_fetched.TryGetValue(name, out var last) && now - last < Interval)
        {
            return false;
        }

        _fetched[name] = now;
        return true;
    }
}
